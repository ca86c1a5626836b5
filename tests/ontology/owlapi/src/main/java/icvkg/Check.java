package icvkg;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.net.URL;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON line for each file named: what OWLAPI read, what its profiles and HermiT say, what a round trip keeps. */
public final class Check {
    private static final Map<String, Map<String, Object>> JUDGED = new HashMap<>();

    private Check() {}

    public static void main(String[] files) throws Exception {
        URL.setURLStreamHandlerFactory(Network.OFF);
        ObjectMapper json = new ObjectMapper();
        for (String name : files) {
            System.out.println(json.writeValueAsString(report(new File(name))));
        }
    }

    /** Equal axioms, as in the same document in another syntax, are judged once. */
    private static Map<String, Object> judged(Document document) throws Exception {
        String key = Content.closureDigest(document.ontology());
        if (!JUDGED.containsKey(key)) {
            Map<String, Object> verdicts = new LinkedHashMap<>(Verdicts.of(document.ontology()));
            verdicts.put("roundTrip", RoundTrip.differences(document));
            JUDGED.put(key, verdicts);
        }
        return JUDGED.get(key);
    }

    private static Map<String, Object> report(File file) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("file", file.getName());
        Network.ATTEMPTS.clear();
        try {
            Document document = Document.load(file);
            report.putAll(Content.of(document));
            report.putAll(judged(document));
        } catch (Exception error) {
            report.put("error", error.getClass().getSimpleName() + ": " + String.valueOf(error.getMessage()).lines().findFirst().orElse(""));
        }
        report.put("network", Network.ATTEMPTS.stream().distinct().sorted().toList());
        return report;
    }
}
