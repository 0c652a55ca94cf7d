using Assay.Rag.Judgements;

namespace Assay.Benchmarks.Sparse;

/// <summary>
/// Indexing and searching of the sparse stage beside Lucene 8 and SQLite FTS5: the same files, one thread, engines taking turns; the best round of each counts.
/// </summary>
internal static class SparseBench
{
    private const int GeneratedDocuments = 100_000;
    private const int GeneratedQueries = 300;
    private const int Seed = 20_261;

    private const int SearchRounds = 20;

    /// <summary>FTS5 ranks every match of a query; more queries would take minutes and say the same.</summary>
    private static readonly Plan Slow = new(IndexRounds: 2, SearchRounds: 3, Queries: 30, WarmUp: TimeSpan.Zero);

    public static BenchResult Run(TextWriter output)
    {
        var figures = new List<Figure>();
        var notes = new List<string>();
        var work = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            if (OpenCollection("ir-vaswani", output, notes) is { } vaswani)
            {
                figures.AddRange(Compare("Vaswani", vaswani, work, output, notes));
            }

            GeneratedCorpus.Write(work, GeneratedDocuments, GeneratedQueries, Seed);
            figures.AddRange(Compare($"generated, seed {Seed}", work, work, output, notes));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        return new BenchResult("sparse", figures, [.. notes.Distinct()]);
    }

    private static string? OpenCollection(string name, TextWriter output, List<string> notes)
    {
        var folder = Path.Combine(RepositoryRoot.Find(), "..", "shared", "data", name);
        if (Directory.Exists(folder))
        {
            return Path.GetFullPath(folder);
        }

        var problem = $"'{name}' is skipped: there is no ../shared/data/{name} beside the repository root.";
        if (Environment.GetEnvironmentVariable("ASSAY_REQUIRE_DATA") == "1")
        {
            throw AssayException.Usage(problem, "Put the data there, or unset ASSAY_REQUIRE_DATA to go on without it.");
        }

        output.WriteLine(problem);
        notes.Add(problem);
        return null;
    }

    private static List<Figure> Compare(string name, string folder, string work, TextWriter output, List<string> notes)
    {
        var collection = Collection.Read(folder);
        var fast = new Plan(IndexRoundsOf(collection), SearchRounds, int.MaxValue, WarmUp: TimeSpan.FromSeconds(2));
        var engines = new List<Timed> { new(new AssaySparse(collection, work), fast, collection.Queries.Count) };
        if (LucenePeer.Start(collection, work, "en", out var reason) is { } lucene)
        {
            engines.Add(new Timed(lucene, fast, collection.Queries.Count));
        }

        notes.Add(reason);
        engines.Add(new Timed(new Fts5Peer(collection, work), Slow, collection.Queries.Count));
        try
        {
            Timed.TakeTurns(engines);
            var figures = SparseFigures.Of($"{name}, {collection.Texts.Count:N0} documents", collection.Texts.Count, engines);
            figures.AddRange(Quality(name, collection, engines));
            Print(output, figures);
            return figures;
        }
        finally
        {
            engines.ForEach(e => e.Engine.Dispose());
        }
    }

    // A small collection is indexed more often, so that each engine has seen about as many documents before its best round.
    private static int IndexRoundsOf(Collection collection) => Math.Clamp(300_000 / collection.Texts.Count, 6, 26);

    private static IEnumerable<Figure> Quality(string name, Collection collection, List<Timed> engines)
    {
        var judged = Path.Combine(collection.Folder, "qrels.tsv");
        if (File.Exists(judged))
        {
            var qrels = Qrels.Read(judged);
            yield return new Figure(
                $"nDCG@10, sparse stage alone ({name})",
                "",
                [.. engines.Select(e => new Reading(e.Engine.Name, Ndcg(e.Engine, collection, qrels)))]
            );
        }
    }

    private static double Ndcg(ISparseEngine engine, Collection collection, Qrels qrels) =>
        engine
            .Hits()
            .Zip(collection.Queries)
            .Where(p => qrels.ByQuery.ContainsKey(p.Second.Id))
            .Select(p => RankingMetrics.Of(p.First, qrels.ByQuery[p.Second.Id], residual: false))
            .OfType<RankingMetrics>()
            .Average(m => m.Ndcg10);

    private static void Print(TextWriter output, IEnumerable<Figure> figures)
    {
        foreach (var figure in figures)
        {
            var readings = figure.Readings.Select(r => $"{r.Who} {ResultPage.Number(r.Value)}");
            var goal = figure.Goal is { } g ? $"   {g.Text}: {g.Got:0.##} {g.Unit}, {(g.Met ? "met" : "missed")}" : "";
            output.WriteLine($"{figure.What, -60} {string.Join("  ", readings)} {figure.Unit}{goal}");
        }
    }
}
