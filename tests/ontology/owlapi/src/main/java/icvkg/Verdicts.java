package icvkg;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.semanticweb.HermiT.Configuration;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWL2RLProfile;
import org.semanticweb.owlapi.profiles.OWLProfile;
import org.semanticweb.owlapi.reasoner.OWLReasoner;

/** What the profile checkers and HermiT say of an ontology with its imports. */
final class Verdicts {
    private Verdicts() {}

    static Map<String, Object> of(OWLOntology ontology) {
        Map<String, Object> verdicts = new LinkedHashMap<>();
        verdicts.put("dl", violations(new OWL2DLProfile(), ontology));
        verdicts.put("rl", violations(new OWL2RLProfile(), ontology));
        verdicts.putAll(reasoned(ontology));
        return verdicts;
    }

    private static List<String> violations(OWLProfile profile, OWLOntology ontology) {
        return profile.checkOntology(ontology).getViolations().stream().map(Object::toString).sorted().toList();
    }

    /** HermiT as it is without Protégé's plug-in, which would pass over datatypes that HermiT does not know. */
    private static Map<String, Object> reasoned(OWLOntology ontology) {
        Configuration strict = new Configuration();
        strict.ignoreUnsupportedDatatypes = false;
        OWLReasoner reasoner;
        try {
            reasoner = new Reasoner(strict, ontology);
        } catch (RuntimeException error) {
            return Map.of("hermit", error.getClass().getSimpleName() + ": " + error.getMessage());
        }
        try {
            if (!reasoner.isConsistent()) {
                return Map.of("hermit", "inconsistent");
            }
            Set<OWLClass> empty = reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom();
            return Map.of("hermit", "consistent", "unsatisfiable", empty.stream().map(Object::toString).sorted().toList());
        } finally {
            reasoner.dispose();
        }
    }
}
