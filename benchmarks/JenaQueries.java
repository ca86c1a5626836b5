import java.io.FileOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.TimeUnit;
import org.apache.jena.query.*;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.tdb2.TDB2Factory;

/** Jena's side of benchmarks/queries.py: java -cp PATH JenaQueries.java (memory DATA | tdb2 STORE) QUERIES LIMIT OUT.
 *  Writes each answer as CSV into OUT and prints name, median CPU seconds of three runs, or what went wrong. */
public class JenaQueries {
    public static void main(String[] given) throws Exception {
        Dataset data = given[0].equals("tdb2") ? TDB2Factory.connectDataset(given[1]) : RDFDataMgr.loadDataset(given[1]);
        data.begin(ReadWrite.READ);
        try (var files = Files.newDirectoryStream(Path.of(given[2]), "*.rq")) {
            for (Path file : files) ask(data, file, Double.parseDouble(given[3]), Path.of(given[4]));
        }
        data.end();
        System.exit(0);
    }

    private static void ask(Dataset data, Path file, double limit, Path out) {
        String name = file.getFileName().toString().replace(".rq", "");
        try {
            Query query = QueryFactory.create(Files.readString(file));
            List<Double> taken = new ArrayList<>();
            ResultSetRewindable rows = null;
            while (taken.isEmpty() || (taken.size() < 3 && sum(taken) < limit / 4)) {
                long start = cpu();
                try (QueryExecution run = QueryExecutionFactory.create(query, data)) {
                    run.setTimeout((long) (limit * 1000), TimeUnit.MILLISECONDS);
                    rows = ResultSetFactory.makeRewindable(run.execSelect());
                }
                taken.add((cpu() - start) / 1e9);
            }
            try (var opened = new FileOutputStream(out.resolve(name + ".csv").toFile())) {
                ResultSetFormatter.outputAsCSV(opened, rows);
            }
            Collections.sort(taken);
            System.out.println(name + "\t" + taken.get(taken.size() / 2));
        } catch (Exception error) {
            System.out.println(name + "\t" + error.getClass().getSimpleName());
        }
        System.out.flush();
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double sum(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).sum();
    }
}
