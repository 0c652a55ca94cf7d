using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Experiments;

namespace Assay.Server.Experiments.Pages;

/// <summary>An experiment in the list.</summary>
/// <param name="Definition">As its file has it.</param>
/// <param name="Report">How it stands; null when it could not be told in time, or not at all.</param>
/// <param name="Problem">Why it cannot be analysed; null when it can.</param>
internal sealed record ExperimentRow(ExperimentFile Definition, ExperimentReport? Report, AssayException? Problem)
{
    /// <summary>What wants a person first: take back, look, ship, go on; what has ended last.</summary>
    public int Rank =>
        (Definition.Running ? 0 : 10)
        + (
            Problem is not null ? 0
            : Report is null ? 4
            : Report.Decision.Action switch
            {
                DecidedAction.RollBack => 0,
                DecidedAction.Review => 1,
                DecidedAction.Ship => 2,
                _ => 3,
            }
        );
}

/// <summary>Reads how the experiments of a page stand, within a time that a reader waits for.</summary>
internal static class ExperimentListing
{
    /// <summary>Rows of a page.</summary>
    public const int RowsPerPage = 20;

    // What takes longer is told by its own page; the next load has it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

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
        var rows = await Task.WhenAll(definitions.Select(d => RowAsync(shelf, d, patience.Token)));
        return [.. rows.OrderBy(r => r.Rank).ThenBy(r => r.Definition.Name, StringComparer.Ordinal)];
    }

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
            return new ExperimentRow(definition, null, null);
        }
    }
}
