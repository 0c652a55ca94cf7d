using System.Text.Json;
using Assay.Server.Intake;
using Assay.Stores;

namespace Assay.Server.Experiments.Intake;

/// <summary>Stores the exposures and outcomes of a request, and answers when they are on disk.</summary>
internal sealed class UnitEventIntake(EventGate gate, UnitEventMeter meter, TimeProvider time)
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 4 };

    /// <summary>Takes in a body.</summary>
    /// <exception cref="AssayException">It is no such body (exit code 2), or the disk failed (exit code 4); nothing was stored.</exception>
    /// <exception cref="StoreBusyException">Nothing was stored; send it again later.</exception>
    public async Task<UnitEventsReport> TakeAsync(ReadOnlyMemory<byte> body)
    {
        using var json = Parse(body);
        var events = UnitEventBody.Read(json.RootElement, time.GetUtcNow());
        try
        {
            var batch = new EventBatch { Exposures = events.Exposures, Outcomes = events.Outcomes };
            var stored = batch.Count == 0 ? new AppendReport(batch, Duplicates: 0, Position: 0) : await gate.StoreAsync(batch);
            meter.CountStored(events, stored);
            return Report(events, stored);
        }
        catch (Exception e) when (e is StoreBusyException or AssayException)
        {
            meter.CountBusy(events);
            throw;
        }
    }

    private static UnitEventsReport Report(UnitEventBody events, AppendReport stored)
    {
        var (late, many) = (stored.TooLate.Count, stored.TooManyNames.Count);
        return new UnitEventsReport(stored.New.Count, stored.Duplicates, events.FaultyExposures + events.FaultyOutcomes + late + many)
        {
            TooLate = late > 0 ? late : null,
            TooManyNames = many > 0 ? many : null,
            Faults = events.Faults.Count > 0 ? events.Faults : null,
        };
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Reading);
        }
        catch (JsonException e)
        {
            throw AssayException.Usage(
                $"The body is not JSON: line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}.",
                "Send exposures and outcomes as one JSON object in UTF-8.",
                e
            );
        }
    }
}
