namespace Assay.Benchmarks.Results;

/// <summary>One measured thing: what each contender needed or gave, and what was asked for.</summary>
/// <param name="What">What was measured, on what.</param>
/// <param name="Unit">Unit of every reading.</param>
/// <param name="Readings">Ours first, then the peers, all from one run.</param>
/// <param name="Goal">What was asked for; null when the figure only informs.</param>
internal sealed record Figure(string What, string Unit, IReadOnlyList<Reading> Readings, Goal? Goal = null);

/// <summary>A contender's value.</summary>
internal sealed record Reading(string Who, double Value);

/// <summary>A goal beside what was reached; a ratio wherever there is a peer, because only ratios travel between machines.</summary>
/// <param name="Text">The goal in words.</param>
/// <param name="Got">What was reached, in <paramref name="Unit"/>.</param>
/// <param name="Unit">"x" for a ratio.</param>
/// <param name="Met">Whether it was reached.</param>
internal sealed record Goal(string Text, double Got, string Unit, bool Met)
{
    public static Goal AtLeast(string text, double got, double limit, string unit = "x") => new(text, got, unit, got >= limit);

    public static Goal AtMost(string text, double got, double limit, string unit = "x") => new(text, got, unit, got <= limit);
}

/// <summary>One bench's figures and what a reader must know besides.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Figures">In the order of the table.</param>
/// <param name="Notes">Versions of peers, what was skipped and why.</param>
/// <param name="Tables">Tables that are no comparison of contenders; null for none.</param>
internal sealed record BenchResult(string Name, IReadOnlyList<Figure> Figures, IReadOnlyList<string> Notes, IReadOnlyList<BenchTable>? Tables = null);

/// <summary>A table of cells as text.</summary>
/// <param name="Title">What the table shows, as a sentence before it.</param>
/// <param name="Columns">The heads; the first is that of the rows' names.</param>
/// <param name="Rows">Cells in the order of the heads.</param>
internal sealed record BenchTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A run of the program: where, when, how, and what came out.</summary>
internal sealed record BenchRun(string Command, string Date, Machine Machine, IReadOnlyList<BenchResult> Benches);
