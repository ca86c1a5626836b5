package icvkg;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.semanticweb.owlapi.formats.FunctionalSyntaxDocumentFormat;
import org.semanticweb.owlapi.formats.PrefixDocumentFormat;
import org.semanticweb.owlapi.formats.RDFXMLDocumentFormat;
import org.semanticweb.owlapi.formats.TurtleDocumentFormat;
import org.semanticweb.owlapi.io.StringDocumentSource;
import org.semanticweb.owlapi.io.StringDocumentTarget;
import org.semanticweb.owlapi.model.OWLDeclarationAxiom;
import org.semanticweb.owlapi.model.OWLOntology;

/**
 * Saves an ontology in three syntaxes and loads it again; what is lost or new is a difference, save the declarations
 * that OWLAPI adds for individuals and for datatypes of annotations.
 */
final class RoundTrip {
    private RoundTrip() {}

    static List<String> differences(Document document) throws Exception {
        List<String> found = new ArrayList<>();
        Set<Object> before = statements(document.ontology());
        for (PrefixDocumentFormat format : syntaxes()) {
            Set<Object> after = statements(again(document, format));
            minus(before, after).forEach(each -> found.add(format.getKey() + " lost " + each));
            minus(after, before).stream().filter(each -> !(each instanceof OWLDeclarationAxiom)).forEach(each -> found.add(format.getKey() + " added " + each));
        }
        return found.stream().limit(20).toList();
    }

    private static List<PrefixDocumentFormat> syntaxes() {
        return List.of(new TurtleDocumentFormat(), new RDFXMLDocumentFormat(), new FunctionalSyntaxDocumentFormat());
    }

    private static OWLOntology again(Document document, PrefixDocumentFormat format) throws Exception {
        StringDocumentTarget saved = new StringDocumentTarget();
        OWLOntology ontology = document.ontology();
        if (document.format().isPrefixOWLOntologyFormat()) {
            format.copyPrefixesFrom(document.format().asPrefixOWLOntologyFormat());
        }
        ontology.getOWLOntologyManager().saveOntology(ontology, format, saved);
        return Document.load(new StringDocumentSource(saved.toString()), document.folder()).ontology();
    }

    private static Set<Object> statements(OWLOntology ontology) {
        Set<Object> all = new HashSet<>(ontology.getAxioms());
        all.addAll(ontology.getAnnotations());
        all.addAll(ontology.getImportsDeclarations());
        return all;
    }

    private static Set<Object> minus(Set<Object> from, Set<Object> what) {
        Set<Object> rest = new HashSet<>(from);
        rest.removeAll(what);
        return rest;
    }
}
