import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.queries.mlt.MoreLikeThis;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** Lucene's MoreLikeThis: "index FOLDER" reads a text a line; "search FOLDER" answers each line with nanoseconds. */
final class MoreLikeThisPeer {
    private static final Analyzer ANALYZER = new CJKAnalyzer();
    private static final int TERMS = 60;

    public static void main(String[] arguments) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Directory folder = FSDirectory.open(Path.of(arguments[1]))) {
            if (arguments[0].equals("index")) {
                index(lines, folder);
            } else {
                search(lines.lines().collect(Collectors.toList()), folder);
            }
        }
    }

    private static void index(BufferedReader lines, Directory folder) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(ANALYZER).setRAMBufferSizeMB(128);
        try (IndexWriter writer = new IndexWriter(folder, config)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Document document = new Document();
                document.add(new TextField("text", line, Field.Store.YES));
                writer.addDocument(document);
            }
        }
    }

    private static void search(List<String> texts, Directory folder) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(folder)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            MoreLikeThis alike = new MoreLikeThis(reader);
            alike.setAnalyzer(ANALYZER);
            alike.setFieldNames(new String[] {"text"});
            alike.setMinTermFreq(1);
            alike.setMinDocFreq(1);
            alike.setMaxQueryTerms(TERMS);
            for (String text : texts) { // warms up the compiler
                ask(searcher, alike, text);
            }
            for (String text : texts) {
                long began = System.nanoTime();
                ask(searcher, alike, text);
                System.out.println(System.nanoTime() - began);
            }
        }
    }

    private static void ask(IndexSearcher searcher, MoreLikeThis alike, String text) throws IOException {
        for (ScoreDoc hit : searcher.search(alike.like("text", new StringReader(text)), 10).scoreDocs) {
            searcher.doc(hit.doc).get("text");
        }
    }
}
