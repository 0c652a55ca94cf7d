using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Experiments;

namespace Assay.Server.Experiments.Pages;

/// <summary>An experiment in the list.</summary>
/// <param name="Definition">As its file has it.</param>
/// <param name="Report">How it stands; null when it was never told in time, or cannot be told at all.</param>
/// <param name="Problem">Why it cannot be analysed; null when it can.</param>
internal sealed record ExperimentRow(ExperimentFile Definition, ExperimentReport? Report, AssayException? Problem)
{
    /// <summary>Whether the report is an earlier one: that of now takes longer than a reader waits.</summary>
    public bool IsEarlier { get; init; }

    /// <summary>Of when an earlier report is; null for that of now, and without one.</summary>
    public DateTimeOffset? EarlierAt => IsEarlier ? Report?.At : null;

    /// <summary>What wants a person first: take back, look, ship; then what is not told yet and may want one, and what goes on; what has ended last.</summary>
    public int Rank =>
        (Definition.Running ? 0 : 10)
        + (
            Problem is not null ? 0
            : Report is null ? 3
            : Report.Decision.Action switch
            {
                DecidedAction.RollBack => 0,
                DecidedAction.Review => 1,
                DecidedAction.Ship => 2,
                _ => 4,
            }
        );

    /// <summary>What is known of it without waiting.</summary>
    public static ExperimentRow Known(ExperimentFile definition, ToldReport? last) => new(definition, last?.Report, last?.Problem) { IsEarlier = true };
}

/// <summary>Reads how the experiments of a page stand, within a time that a reader waits for.</summary>
internal static class ExperimentListing
{
    /// <summary>Rows of a page.</summary>
    public const int RowsPerPage = 20;

    // What takes longer is shown as it was last told; it is made to its end, and a later load has it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Those of a page, by what each was last known to have come to.</summary>
    /// <param name="all">All experiments.</param>
    /// <param name="last">What is known of one without waiting.</param>
    /// <param name="skip">How many come before the page.</param>
    public static IReadOnlyList<ExperimentFile> PageOf(IEnumerable<ExperimentFile> all, Func<ExperimentFile, ToldReport?> last, int skip) =>
        [.. Ranked(all.Select(d => ExperimentRow.Known(d, last(d)))).Skip(skip).Take(RowsPerPage).Select(r => r.Definition)];

    /// <param name="shelf">The reports.</param>
    /// <param name="definitions">The experiments of the page.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<ExperimentRow>> ReadAsync(
        ExperimentShelf shelf,
        IEnumerable<ExperimentFile> definitions,
        CancellationToken cancellationToken
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        return [.. Ranked(await Task.WhenAll(definitions.Select(d => RowAsync(shelf, d, patience.Token))))];
    }

    private static IOrderedEnumerable<ExperimentRow> Ranked(IEnumerable<ExperimentRow> rows) =>
        rows.OrderBy(r => r.Rank).ThenBy(r => r.Definition.Name, StringComparer.Ordinal);

    private static async Task<ExperimentRow> RowAsync(ExperimentShelf shelf, ExperimentFile definition, CancellationToken cancellationToken)
    {
        try
        {
            return new ExperimentRow(definition, await shelf.NowAsync(definition, cancellationToken), null);
        }
        catch (AssayException e) when (e.ExitCode == ExitCode.WrongUsage)
        {
            return new ExperimentRow(definition, null, e);
        }
        catch (OperationCanceledException)
        {
            return ExperimentRow.Known(definition, shelf.Last(definition));
        }
    }
}
