package icvkg;

import java.io.File;
import java.util.HashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.semanticweb.owlapi.model.IRI;
import org.semanticweb.owlapi.model.OWLOntologyIRIMapper;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The catalog-v001.xml beside a file, read as Protégé reads it: IRI to relative file name. */
final class Catalogue implements OWLOntologyIRIMapper {
    private final Map<IRI, IRI> documents = new HashMap<>();

    Catalogue(File folder) throws Exception {
        File file = new File(folder, "catalog-v001.xml");
        if (!file.exists()) {
            return;
        }
        NodeList entries = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).getElementsByTagName("uri");
        for (int i = 0; i < entries.getLength(); i++) {
            Element entry = (Element) entries.item(i);
            documents.put(IRI.create(entry.getAttribute("name")), IRI.create(new File(folder, entry.getAttribute("uri"))));
        }
    }

    @Override
    public IRI getDocumentIRI(IRI ontology) {
        return documents.get(ontology);
    }
}
