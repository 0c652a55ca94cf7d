using System.Text.Json;
using Assay.Experimentation.Flags;
using Assay.Flags;
using Assay.Server.Flags.Ofrep;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Flags.Pages;

/// <summary>Who would get what after a change that nobody made yet.</summary>
/// <param name="Units">How many units were tried.</param>
/// <param name="Changed">How many would get another variant.</param>
/// <param name="Changes">Whether anything is asked for at all.</param>
public sealed record FlagTrial(int Units, int Changed, bool Changes)
{
    /// <summary>How many units are made up when none are given.</summary>
    public const int MadeUp = 10_000;

    /// <summary>From which variant to which, the most first.</summary>
    public IReadOnlyList<TriedMove> Moves { get; init; } = [];

    /// <summary>The variant that gains most; null when none does.</summary>
    public VariantShift? Shift { get; init; }

    /// <summary>A few units that would get another variant.</summary>
    public IReadOnlyList<TriedUnit> Examples { get; init; } = [];

    /// <exception cref="AssayException">The change, a unit or an attribute is wrong (exit code 2).</exception>
    internal static FlagTrial Of(FlagDesk desk, string flag, FlagDraft draft, FlagFile before, Reader reader)
    {
        var change = draft.ToChange(before);
        var given = UnitsOf(draft.Units);
        var request = new FlagPreviewRequest(change, given, given is null ? MadeUp : null, given is null ? AttributesOf(draft.Attributes) : null);
        var changes = change.Enabled is not null || change.Rollout is not null || change.Rules is not null;
        var now = desk.State.Snapshot.Flags;
        var then = changes ? desk.Try(flag, change) : now;
        var preview = FlagPreview.Of(flag, now, then, request.Read());
        var keys = preview.Examples.Select(e => e.Unit).ToHashSet(StringComparer.Ordinal);
        return new FlagTrial(preview.Units, preview.Changed, changes)
        {
            Moves = [.. preview.Moves.Select(m => new TriedMove(m.From, m.To, m.Units))],
            Shift = preview.Moves.Count == 0 ? null : VariantShift.Of(preview),
            Examples = [.. request.Read().Where(u => keys.Remove(u.Key)).Take(preview.Examples.Count).Select(u => TriedUnit.Of(flag, u, now, then, reader))],
        };
    }

    private static List<JsonElement>? UnitsOf(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0
            ? null
            : [.. lines.Select((line, i) => line[0] == '{' ? Parsed(line, i) : JsonSerializer.SerializeToElement(line, UnitJson.Default.String))];
    }

    private static JsonElement Parsed(string line, int index)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw AssayException.Usage(
                $"Unit {index + 1} is no JSON object.",
                "Write one unit a line: a key, or {\"targetingKey\": \"user-17\", \"group\": \"beta\"}.",
                e
            );
        }
    }

    private static JsonElement? AttributesOf(string text) =>
        text.Length == 0 ? null : JsonSerializer.SerializeToElement(UnitText.Attributes(text), UnitJson.Default.DictionaryStringString);
}

/// <summary>How many units go from one variant to another; null for a caller's fallback.</summary>
/// <param name="From">The variant now.</param>
/// <param name="To">The variant after the change.</param>
/// <param name="Units">How many.</param>
public sealed record TriedMove(string? From, string? To, int Units);

/// <summary>A unit that would get another variant, and why.</summary>
/// <param name="Unit">Its key.</param>
/// <param name="From">The variant now.</param>
/// <param name="To">The variant after the change.</param>
/// <param name="Why">What decides, in half a sentence.</param>
public sealed record TriedUnit(string Unit, string? From, string? To, string Why)
{
    internal static TriedUnit Of(string flag, Unit unit, FlagSet now, FlagSet then, Reader reader)
    {
        var why = then.Explain(flag, unit)!;
        return new TriedUnit(unit.Key, now.Evaluate(flag, unit).Variant, why.Evaluation.Variant, ExplainTexts.Why(why, reader));
    }
}

/// <summary>Units as people type them.</summary>
internal static class UnitText
{
    /// <summary>Attributes as <c>group=staff, plan=trial</c>.</summary>
    /// <exception cref="AssayException">One has no value (exit code 2).</exception>
    public static Dictionary<string, string> Attributes(string text)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=');
            attributes[at > 0 ? pair[..at].Trim() : ""] =
                at > 0 ? pair[(at + 1)..].Trim() : throw AssayException.Usage($"'{pair}' is no attribute.", "Write attributes as group=staff, plan=trial.");
        }

        return attributes;
    }

    /// <summary>A unit of a key and attributes.</summary>
    /// <exception cref="AssayException">The key is missing, or there are too many attributes (exit code 2).</exception>
    public static Unit Of(string key, string attributes)
    {
        if (key.Length == 0)
        {
            throw AssayException.Usage("There is no unit.", "Write its key, such as user-17.");
        }

        try
        {
            return new Unit(key, OfrepContext.AttributesOf(JsonSerializer.SerializeToElement(Attributes(attributes), UnitJson.Default.DictionaryStringString)));
        }
        catch (OfrepException e)
        {
            throw AssayException.Usage(e.Message, "Write attributes as group=staff, plan=trial.", e);
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class UnitJson : System.Text.Json.Serialization.JsonSerializerContext;
