package icvkg;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.semanticweb.owlapi.io.RDFParserMetaData;
import org.semanticweb.owlapi.model.OWLDatatype;
import org.semanticweb.owlapi.model.OWLEntity;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.parameters.Imports;
import org.semanticweb.owlapi.util.DLExpressivityChecker;

/** What a file holds after loading, and what the parser could not use. */
final class Content {
    private Content() {}

    static Map<String, Object> of(Document document) throws Exception {
        OWLOntology ontology = document.ontology();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("format", document.format().getClass().getSimpleName());
        content.put("iri", ontology.getOntologyID().getOntologyIRI().transform(Object::toString).or("anonymous"));
        content.put("axioms", ontology.getAxiomCount());
        content.put("digest", digest(ontology));
        content.putAll(counts(ontology));
        content.put("expressivity", new DLExpressivityChecker(ontology.getImportsClosure()).getDescriptionLogicName());
        content.put("missingImports", document.missingImports());
        content.putAll(parsing(document));
        content.put("undeclared", undeclared(ontology));
        content.put("anonymous", ontology.getReferencedAnonymousIndividuals(Imports.EXCLUDED).size());
        return content;
    }

    private static Map<String, Object> parsing(Document document) {
        if (!(document.format().getOntologyLoaderMetaData() instanceof RDFParserMetaData data)) {
            return Map.of("unparsed", List.of("not RDF"));
        }
        return Map.of(
                "unparsed", data.getUnparsedTriples().stream().map(Object::toString).sorted().toList(),
                "guessed", data.getGuessedDeclarations().keySet().stream().map(Object::toString).sorted().toList());
    }

    private static Map<String, Integer> counts(OWLOntology ontology) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("classes", ontology.getClassesInSignature(Imports.INCLUDED).size());
        counts.put("objectProperties", ontology.getObjectPropertiesInSignature(Imports.INCLUDED).size());
        counts.put("dataProperties", ontology.getDataPropertiesInSignature(Imports.INCLUDED).size());
        counts.put("annotationProperties", ontology.getAnnotationPropertiesInSignature(Imports.INCLUDED).size());
        counts.put("individuals", ontology.getIndividualsInSignature(Imports.INCLUDED).size());
        return counts;
    }

    /** What a verdict depends on: the digests of an ontology and of its imports. */
    static String closureDigest(OWLOntology ontology) throws NoSuchAlgorithmException {
        Set<String> digests = new TreeSet<>();
        for (OWLOntology each : ontology.getImportsClosure()) {
            digests.add(digest(each));
        }
        return digest(ontology) + digests;
    }

    /** Equal for equal axioms and annotations, whatever the syntax: a string with and without its datatype is one. */
    private static String digest(OWLOntology ontology) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Stream<?> statements = Stream.concat(ontology.getAxioms().stream(), ontology.getAnnotations().stream());
        statements.map(each -> each.toString().replace("\"^^xsd:string", "\"") + "\n").sorted().forEach(each -> digest.update(each.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }

    /** Individuals need no declaration; a datatype only where logic depends on it, not in an annotation. */
    private static List<String> undeclared(OWLOntology ontology) {
        Set<OWLEntity> entities = ontology.getSignature(Imports.INCLUDED);
        Set<OWLDatatype> logical = ontology.getLogicalAxioms(Imports.INCLUDED).stream()
                .flatMap(axiom -> axiom.getDatatypesInSignature().stream()).collect(Collectors.toSet());
        return entities.stream()
                .filter(entity -> !entity.isBuiltIn() && !entity.isOWLNamedIndividual())
                .filter(entity -> !entity.isOWLDatatype() || logical.contains(entity.asOWLDatatype()))
                .filter(entity -> !ontology.isDeclared(entity, Imports.INCLUDED))
                .map(Object::toString).sorted().toList();
    }
}
