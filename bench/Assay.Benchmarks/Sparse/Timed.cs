namespace Assay.Benchmarks.Sparse;

/// <summary>How often an engine is measured, and on how many of the queries.</summary>
/// <param name="IndexRounds">How often it indexes.</param>
/// <param name="SearchRounds">How often it answers.</param>
/// <param name="Queries">How many of the queries it answers in a round, at most.</param>
/// <param name="WarmUp">How long it answers before anything counts: both runtimes compile hot code again in the background, which takes time, not rounds.</param>
internal sealed record Plan(int IndexRounds, int SearchRounds, int Queries, TimeSpan WarmUp);

/// <summary>An engine and its best rounds.</summary>
internal sealed class Timed(ISparseEngine engine, Plan plan, int queries)
{
    private const double SecondsPerTurn = 0.2;

    private readonly double[] best = [.. Enumerable.Repeat(double.PositiveInfinity, Math.Min(queries, plan.Queries))];
    private readonly double[] pass = new double[Math.Min(queries, plan.Queries)];

    public ISparseEngine Engine => engine;

    public double IndexSeconds { get; private set; } = double.PositiveInfinity;

    public long Bytes { get; private set; }

    /// <summary>Each query counts with its best time. A whole pass would favour the faster engine on a busy machine: a short pass escapes interruption, a long one does not.</summary>
    public double QueriesPerSecond => best.Length / best.Sum();

    /// <summary>Round after round every engine has its turn, so that a busy moment of the machine falls on all of them alike.</summary>
    public static void TakeTurns(IReadOnlyList<Timed> engines)
    {
        for (var round = 0; round < engines.Max(e => e.Plan.IndexRounds); round++)
        {
            foreach (var engine in engines.Where(e => round < e.Plan.IndexRounds))
            {
                engine.Index();
            }
        }

        foreach (var engine in engines)
        {
            engine.Engine.Open();
            engine.Warm();
        }

        for (var round = 0; round < engines.Max(e => e.Plan.SearchRounds); round++)
        {
            foreach (var engine in engines.Where(e => round < e.Plan.SearchRounds))
            {
                engine.Search();
            }
        }
    }

    private Plan Plan => plan;

    private void Index()
    {
        GC.Collect();
        var cost = engine.Index();
        IndexSeconds = Math.Min(IndexSeconds, cost.Seconds);
        Bytes = cost.Bytes;
    }

    private void Warm()
    {
        for (var seconds = 0.0; seconds < plan.WarmUp.TotalSeconds; )
        {
            engine.Search(pass);
            seconds += pass.Sum();
        }
    }

    // Passes over all queries fill a turn: one short pass would measure caches that the engine before has filled.
    private void Search()
    {
        for (var seconds = 0.0; seconds < SecondsPerTurn; )
        {
            engine.Search(pass);
            seconds += pass.Sum();
            for (var i = 0; i < best.Length; i++)
            {
                best[i] = Math.Min(best[i], pass[i]);
            }
        }
    }
}
