using System.Text.Json;
using Assay.Stores;

namespace Assay.Server.Experiments.Intake;

/// <summary>The exposures and outcomes of a request. One with a fault is left out; the others count.</summary>
internal sealed class UnitEventBody
{
    /// <summary>The most events of a request.</summary>
    public const int MostEvents = 10_000;

    private const int MostFaultsTold = 10;

    private readonly List<ExposureEvent> exposures = [];
    private readonly List<OutcomeEvent> outcomes = [];
    private readonly List<string> faults = [];

    public IReadOnlyList<ExposureEvent> Exposures => exposures;

    public IReadOnlyList<OutcomeEvent> Outcomes => outcomes;

    public int FaultyExposures { get; private set; }

    public int FaultyOutcomes { get; private set; }

    /// <summary>The first faults: place and reason.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The JSON.</param>
    /// <param name="now">The time of events that have none.</param>
    /// <exception cref="AssayException">It is no such body, or has too many events (exit code 2): nothing is to be stored.</exception>
    public static UnitEventBody Read(JsonElement body, DateTimeOffset now)
    {
        var (exposures, outcomes) = Parts(body);
        if (exposures.Length + outcomes.Length > MostEvents)
        {
            throw AssayException.Usage($"The body has {exposures.Length + outcomes.Length} events.", $"Send at most {MostEvents} at a time.");
        }

        var read = new UnitEventBody();
        var item = new UnitEventFields(now);
        for (var i = 0; i < exposures.Length; i++)
        {
            read.FaultyExposures += read.Take(item.ReadExposure(exposures.Items[i]), read.exposures, item, "exposures", i);
        }

        for (var i = 0; i < outcomes.Length; i++)
        {
            read.FaultyOutcomes += read.Take(item.ReadOutcome(outcomes.Items[i]), read.outcomes, item, "outcomes", i);
        }

        return read;
    }

    private int Take<T>(T? read, List<T> into, UnitEventFields item, string list, int place)
        where T : class
    {
        if (read is not null)
        {
            into.Add(read);
            return 0;
        }

        if (faults.Count < MostFaultsTold)
        {
            faults.Add($"{list}[{place}]{item.Fault}");
        }

        return 1;
    }

    private static (Part Exposures, Part Outcomes) Parts(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw Shape("The body is no object.");
        }

        var (exposures, outcomes) = (default(Part), default(Part));
        foreach (var field in body.EnumerateObject())
        {
            if (field.NameEquals("exposures"u8))
            {
                exposures = PartOf(field);
            }
            else if (field.NameEquals("outcomes"u8))
            {
                outcomes = PartOf(field);
            }
            else
            {
                throw Shape("The body has a field that is neither exposures nor outcomes.");
            }
        }

        return (exposures, outcomes);
    }

    private static Part PartOf(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.Array
            ? new Part(field.Value.GetArrayLength(), [.. field.Value.EnumerateArray()])
            : throw Shape("exposures and outcomes must be arrays.");

    private static AssayException Shape(string problem) =>
        AssayException.Usage(
            problem,
            "Send {\"exposures\": [{\"experiment\", \"version\", \"unit\", \"variant\"}], \"outcomes\": [{\"key\", \"experiment\", \"unit\", \"metric\", \"value\"}]}."
        );

    private readonly record struct Part(int Length, JsonElement[] Items);
}
