namespace Assay.Releases.Canaries;

/// <summary>Tells ledger and charts what a state has still to tell; each has a key and is told once.</summary>
internal sealed class CanaryRecords(CanaryBook book, ICanaryPorts ports)
{
    /// <summary>Tells all notes of a state, in order.</summary>
    public async Task TellAsync(CanaryState state, CancellationToken cancellationToken)
    {
        foreach (var note in state.Notes)
        {
            if (note.Body is { Look: { } look, Metrics: { } metrics } body)
            {
                var told = new CanaryLook(
                    state.Release.ToString(),
                    body.Step,
                    body.Percent,
                    look,
                    note.At,
                    body.Verdict ?? Verdict.NoData,
                    body.Reason,
                    metrics
                )
                {
                    Requests = body.Requests ?? 0,
                };
                await book.RememberAsync(told, cancellationToken);
            }

            await ports.Ledger.AppendAsync(note.ToEntry(state.Release.ToString()), cancellationToken);
        }
    }
}
