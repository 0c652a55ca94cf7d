using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Experimentation.Flags;
using Assay.Flags;
using Assay.Server.Flags.Ofrep;

namespace Assay.Server.Flags;

/// <summary>A change that is only tried, and for whom. Units are read, counted and forgotten.</summary>
/// <param name="Change">The change; a reason is not needed.</param>
/// <param name="Units">Units as OpenFeature contexts, or keys alone; at most <see cref="MostUnits"/>. Made up when left out.</param>
/// <param name="Generate">How many units are made up, 1 to 100,000; 10,000 when left out.</param>
/// <param name="Attributes">Attributes of every made-up unit.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record FlagPreviewRequest(FlagChange Change, IReadOnlyList<JsonElement>? Units = null, int? Generate = null, JsonElement? Attributes = null)
{
    private const int MostUnits = 20_000;
    private const int MostGenerated = 100_000;
    private const int DefaultGenerated = 10_000;

    /// <summary>The units.</summary>
    /// <exception cref="AssayException">There are too many, or one is no unit (exit code 2).</exception>
    public IEnumerable<Unit> Read()
    {
        if (Units is not null && (Generate is not null || Attributes is not null))
        {
            throw AssayException.Usage("Units were given and are to be made up.", "Give units, or generate and attributes.");
        }

        if (Units is { Count: 0 or > MostUnits } || Generate is < 1 or > MostGenerated)
        {
            throw AssayException.Usage(
                $"{Units?.Count ?? Generate} units cannot be tried.",
                $"Give 1 to {MostUnits:#,0} units, or let 1 to {MostGenerated:#,0} be made up."
            );
        }

        return Units is { } given ? given.Select(Given) : Generated();
    }

    private static Unit Given(JsonElement unit, int index)
    {
        try
        {
            return unit.ValueKind == JsonValueKind.String ? new Unit(unit.GetString()!) : OfrepContext.Of(unit);
        }
        catch (Exception e) when (e is OfrepException or InvalidOperationException)
        {
            throw AssayException.Usage($"Unit {index + 1} is none: {e.Message}", "Give a key as text, or an object with targetingKey and attributes.", e);
        }
    }

    private IEnumerable<Unit> Generated()
    {
        var attributes = Attributes is { } given ? AttributesOf(given) : UnitAttributes.None;
        return Enumerable
            .Range(0, Generate ?? DefaultGenerated)
            .Select(i => new Unit(string.Create(CultureInfo.InvariantCulture, $"preview-{i:d6}"), attributes));
    }

    private static UnitAttributes AttributesOf(JsonElement attributes)
    {
        try
        {
            return OfrepContext.AttributesOf(attributes);
        }
        catch (OfrepException e)
        {
            throw AssayException.Usage($"attributes: {e.Message}", "Give an object such as {\"group\": \"beta\"}.", e);
        }
    }
}

/// <summary>Who would get what after a change.</summary>
/// <param name="Flag">The flag.</param>
/// <param name="Units">How many units were tried.</param>
/// <param name="Changed">How many would get another variant.</param>
/// <param name="Before">How many get each variant now, the most first.</param>
/// <param name="After">How many would get each variant.</param>
/// <param name="Moves">From which variant to which, the most first.</param>
/// <param name="Examples">A few units that would get another variant; in this answer and nowhere else.</param>
internal sealed record FlagPreview(
    string Flag,
    int Units,
    int Changed,
    IReadOnlyList<VariantCount> Before,
    IReadOnlyList<VariantCount> After,
    IReadOnlyList<VariantMove> Moves,
    IReadOnlyList<MovedUnit> Examples
)
{
    private const int MostExamples = 10;

    public static FlagPreview Of(string flag, FlagSet now, FlagSet then, IEnumerable<Unit> units)
    {
        var moves = new Dictionary<(string? From, string? To), int>();
        var examples = new List<MovedUnit>();
        foreach (var unit in units)
        {
            var (before, after) = (now.Evaluate(flag, unit), then.Evaluate(flag, unit));
            var move = (before.Variant, after.Variant);
            moves[move] = moves.GetValueOrDefault(move) + 1;
            if (before.Variant != after.Variant && examples.Count < MostExamples)
            {
                examples.Add(new MovedUnit(unit.Key, before.Variant, after.Variant, after.Rule));
            }
        }

        return new FlagPreview(
            flag,
            moves.Values.Sum(),
            moves.Where(m => m.Key.From != m.Key.To).Sum(m => m.Value),
            Counts(moves.GroupBy(m => m.Key.From, m => m.Value)),
            Counts(moves.GroupBy(m => m.Key.To, m => m.Value)),
            [
                .. moves
                    .Where(m => m.Key.From != m.Key.To)
                    .OrderByDescending(m => m.Value)
                    .ThenBy(m => m.Key.From, StringComparer.Ordinal)
                    .ThenBy(m => m.Key.To, StringComparer.Ordinal)
                    .Select(m => new VariantMove(m.Key.From, m.Key.To, m.Value)),
            ],
            examples
        );
    }

    private static IReadOnlyList<VariantCount> Counts(IEnumerable<IGrouping<string?, int>> groups) =>
        [.. groups.Select(g => new VariantCount(g.Key, g.Sum())).OrderByDescending(c => c.Units).ThenBy(c => c.Variant, StringComparer.Ordinal)];
}

/// <summary>How many units get a variant; null for those for whom the flag cannot be decided.</summary>
internal sealed record VariantCount(string? Variant, int Units);

/// <summary>How many units go from one variant to another.</summary>
internal sealed record VariantMove(string? From, string? To, int Units);

/// <summary>A unit that would get another variant.</summary>
internal sealed record MovedUnit(string Unit, string? From, string? To, string? Rule);
