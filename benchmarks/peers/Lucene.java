import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/** Lucene with its CJKAnalyzer (pairs of characters): "index FOLDER" reads a text a line, "search FOLDER" a question. */
final class Lucene {
    private static final Analyzer ANALYZER = new CJKAnalyzer();
    private static final QueryBuilder BUILDER = new QueryBuilder(ANALYZER);

    public static void main(String[] arguments) throws IOException {
        try (Directory folder = FSDirectory.open(Path.of(arguments[1]))) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            if (arguments[0].equals("index")) {
                index(lines, folder);
            } else {
                search(lines, folder);
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

    /** Each line is a kind and its words, parted by tabs; each answer nanoseconds and the total, or a dash. */
    private static void search(BufferedReader lines, Directory folder) throws IOException {
        List<String[]> questions = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            questions.add(line.split("\t"));
        }
        try (DirectoryReader reader = DirectoryReader.open(folder)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            for (String[] question : questions) { // warms up the compiler
                answer(searcher, query(question));
            }
            for (String[] question : questions) {
                long began = System.nanoTime();
                Query query = query(question);
                long total = answer(searcher, query);
                System.out.println(query == null ? "-" : (System.nanoTime() - began) + "\t" + total);
            }
        }
    }

    private static long answer(IndexSearcher searcher, Query query) throws IOException {
        if (query == null) {
            return 0;
        }
        TopScoreDocCollector collector = TopScoreDocCollector.create(10, Integer.MAX_VALUE);
        searcher.search(query, collector);
        TopDocs found = collector.topDocs();
        for (ScoreDoc hit : found.scoreDocs) {
            searcher.doc(hit.doc).get("text");
        }
        return found.totalHits.value;
    }

    private static Query query(String[] question) {
        switch (question[0]) {
            case "CHARACTER", "WORD", "NAME", "PHRASE", "UNKNOWN":
                return phrase(question[1]);
            case "AND", "PASSAGE", "MIXED":
                return combined(question, Occur.MUST, Occur.MUST);
            case "OR":
                return combined(question, Occur.SHOULD, Occur.SHOULD);
            case "NOT":
                return combined(question, Occur.MUST, Occur.MUST_NOT);
            case "PREFIX":
                return new PrefixQuery(new Term("text", question[1]));
            default:
                return null;
        }
    }

    private static Query combined(String[] question, Occur first, Occur rest) {
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        for (int word = 1; word < question.length; word++) {
            builder.add(phrase(question[word]), word == 1 ? first : rest);
        }
        return builder.build();
    }

    private static Query phrase(String text) {
        Query query = BUILDER.createPhraseQuery("text", text);
        return query == null ? new MatchNoDocsQuery() : query;
    }
}
