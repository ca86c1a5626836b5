package icvkg;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.io.FileDocumentSource;
import org.semanticweb.owlapi.io.OWLOntologyDocumentSource;
import org.semanticweb.owlapi.model.MissingImportHandlingStrategy;
import org.semanticweb.owlapi.model.OWLDocumentFormat;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyLoaderConfiguration;
import org.semanticweb.owlapi.model.OWLOntologyManager;

/** A loaded file: its ontology, the folder whose catalogue found the imports, and the imports not found. */
record Document(OWLOntology ontology, File folder, List<String> missingImports) {
    static Document load(File file) throws Exception {
        return load(new FileDocumentSource(file), file.getAbsoluteFile().getParentFile());
    }

    static Document load(OWLOntologyDocumentSource source, File folder) throws Exception {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        manager.getIRIMappers().add(new Catalogue(folder));
        List<String> missing = new ArrayList<>();
        manager.addMissingImportListener(event -> missing.add(event.getImportedOntologyURI().toString()));
        OWLOntologyLoaderConfiguration lenient =
                new OWLOntologyLoaderConfiguration().setMissingImportHandlingStrategy(MissingImportHandlingStrategy.SILENT);
        return new Document(manager.loadOntologyFromOntologyDocument(source, lenient), folder, missing);
    }

    OWLDocumentFormat format() {
        return ontology.getOWLOntologyManager().getOntologyFormat(ontology);
    }
}
