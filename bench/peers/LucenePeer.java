import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene as a peer that answers one command a line: version, index, open, search N, hits. Arguments: the folder of the collection,
 * the folder of the index, en or ru. Texts are read before the first answer, so that only Lucene's own work is timed.
 */
public final class LucenePeer {
  private static final String BODY = "body";
  private static final int HITS = 10;
  private static final Similarity BM25 = new BM25Similarity(1.2f, 0.75f);

  private final List<String> ids = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<String> queries = new ArrayList<>();
  private final Path folder;
  private final Analyzer analyzer;
  private IndexSearcher searcher;

  private LucenePeer(Path collection, Path folder, String language) throws IOException {
    this.folder = folder;
    analyzer = language.equals("ru") ? new RussianAnalyzer() : new EnglishAnalyzer();
    for (String line : Files.readAllLines(collection.resolve("corpus.jsonl"))) {
      ids.add(value(line, "id"));
      texts.add(value(line, "title") + " " + value(line, "text"));
    }
    for (String line : Files.readAllLines(collection.resolve("queries.jsonl"))) {
      queries.add(value(line, "text"));
    }
  }

  public static void main(String[] arguments) throws IOException {
    LucenePeer peer = new LucenePeer(Paths.get(arguments[0]), Paths.get(arguments[1]), arguments[2]);
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String command = commands.readLine(); command != null; command = commands.readLine()) {
      System.out.println(peer.answer(command.split(" ")));
      System.out.flush();
    }
  }

  private String answer(String[] command) throws IOException {
    switch (command[0]) {
      case "version":
        return String.format("{\"lucene\":\"%s\",\"java\":\"%s\"}", Version.LATEST, System.getProperty("java.version"));
      case "index":
        return index();
      case "open":
        searcher = new IndexSearcher(DirectoryReader.open(MMapDirectory.open(folder)));
        searcher.setSimilarity(BM25);
        searcher.setQueryCache(null);
        return "{}";
      case "search":
        return search(Integer.parseInt(command[1]));
      case "hits":
        return hits();
      default:
        throw new IllegalArgumentException("unknown command: " + command[0]);
    }
  }

  private String index() throws IOException {
    clear();
    long started = System.nanoTime();
    IndexWriterConfig config = new IndexWriterConfig(analyzer).setSimilarity(BM25).setRAMBufferSizeMB(256);
    try (FSDirectory directory = FSDirectory.open(folder); IndexWriter writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < ids.size(); i++) {
        Document document = new Document();
        document.add(new StringField("id", ids.get(i), Field.Store.YES));
        document.add(new TextField(BODY, texts.get(i), Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    return String.format(Locale.ROOT, "{\"seconds\":%.6f,\"bytes\":%d}", seconds, bytes);
  }

  private String search(int count) throws IOException {
    long[] ns = new long[count];
    for (int i = 0; i < count; i++) {
      long started = System.nanoTime();
      searcher.search(anyOf(queries.get(i)), HITS);
      ns[i] = System.nanoTime() - started;
    }
    return "{\"ns\":" + Arrays.toString(ns) + "}";
  }

  private String hits() throws IOException {
    List<String> rows = new ArrayList<>();
    for (String query : queries) {
      List<String> row = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(anyOf(query), HITS).scoreDocs) {
        row.add("\"" + searcher.doc(hit.doc).get("id") + "\"");
      }
      rows.add("[" + String.join(",", row) + "]");
    }
    return "{\"hits\":[" + String.join(",", rows) + "]}";
  }

  private Query anyOf(String text) throws IOException {
    Set<String> terms = new LinkedHashSet<>();
    try (TokenStream stream = analyzer.tokenStream(BODY, text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        terms.add(term.toString());
      }
      stream.end();
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String term : terms) {
      any.add(new TermQuery(new Term(BODY, term)), BooleanClause.Occur.SHOULD);
    }
    return any.build();
  }

  private void clear() throws IOException {
    Files.createDirectories(folder);
    for (Path file : files()) {
      Files.delete(file);
    }
  }

  private List<Path> files() throws IOException {
    List<Path> found = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder)) {
      entries.forEach(found::add);
    }
    return found;
  }

  /** The string under a key of a flat JSON object; empty when the key is absent. */
  private static String value(String line, String key) {
    int at = line.indexOf("\"" + key + "\"");
    if (at < 0) {
      return "";
    }
    at = line.indexOf('"', line.indexOf(':', at + key.length() + 2)) + 1;
    StringBuilder text = new StringBuilder();
    for (char c = line.charAt(at); c != '"'; c = line.charAt(++at)) {
      if (c != '\\') {
        text.append(c);
        continue;
      }
      c = line.charAt(++at);
      if (c == 'u') {
        text.append((char) Integer.parseInt(line.substring(at + 1, at + 5), 16));
        at += 4;
      } else {
        text.append(c == 'n' || c == 't' || c == 'r' ? ' ' : c);
      }
    }
    return text.toString();
  }
}
