namespace Assay.Benchmarks;

/// <summary>How often an engine is measured, and on how many of the queries.</summary>
/// <param name="IndexRounds">How often it indexes.</param>
/// <param name="SearchRounds">How often it answers.</param>
/// <param name="Queries">How many of the queries it answers in a round, at most.</param>
/// <param name="WarmUp">How long it answers before anything counts: both runtimes compile hot code again in the background, which takes time, not rounds.</param>
internal sealed record Plan(int IndexRounds, int SearchRounds, int Queries, TimeSpan WarmUp);

/// <summary>An engine and its best rounds.</summary>
internal sealed class Timed(ISparseEngine engine, Plan plan)
{
    private const double SecondsPerTurn = 0.2;

    public ISparseEngine Engine => engine;

    public double IndexSeconds { get; private set; } = double.PositiveInfinity;

    public long Bytes { get; private set; }

    public double QueriesPerSecond { get; private set; }

    /// <summary>Round after round every engine has its turn, so that a busy moment of the machine falls on all of them alike.</summary>
    public static void TakeTurns(IReadOnlyList<Timed> engines, int queries)
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
            engine.Warm(queries);
        }

        for (var round = 0; round < engines.Max(e => e.Plan.SearchRounds); round++)
        {
            foreach (var engine in engines.Where(e => round < e.Plan.SearchRounds))
            {
                engine.Search(Math.Min(queries, engine.Plan.Queries));
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

    private void Warm(int queries)
    {
        for (var seconds = 0.0; seconds < plan.WarmUp.TotalSeconds; )
        {
            seconds += engine.Search(Math.Min(queries, plan.Queries));
        }
    }

    // Passes over the queries fill a turn, the best pass counts: one short pass would measure caches that the engine before has filled.
    private void Search(int queries)
    {
        var asked = Math.Min(queries, plan.Queries);
        for (var seconds = 0.0; seconds < SecondsPerTurn; )
        {
            var pass = engine.Search(asked);
            QueriesPerSecond = Math.Max(QueriesPerSecond, asked / pass);
            seconds += pass;
        }
    }
}
