using Assay.Catalogs;

namespace Assay.Prices;

/// <summary>From what a file says to what is known: every rule of a price file, each with its own error.</summary>
internal static class PriceReading
{
    /// <summary>$ per million tokens × 10⁶ = 10⁻¹² $ per token.</summary>
    private const decimal PicoPerTokenOfDollarsPerMillion = 1_000_000m;

    public static IEnumerable<ModelPrices> Models(PriceFile file)
    {
        if (file.Models is not { Count: > 0 } models)
        {
            throw file.Place.Error("a price file without models.", "Name them under 'models:', or delete the file.");
        }

        return models.Select(model => Model(file, model ?? throw file.Place.Error("an empty entry under 'models:'.", "Fill it in or delete it.")));
    }

    private static ModelPrices Model(PriceFile file, PricedModel entry)
    {
        DemandName(entry.Model, entry.Place);
        if (entry.Prices is not { Count: > 0 } lines)
        {
            throw entry.Place.Error($"'{entry.Model}' has no prices.", "Add 'prices:' with a 'from:' and the dollars for a million tokens.");
        }

        var aliases = (entry.Aliases ?? []).Select(alias => DemandName(alias, entry.Place)).ToList();
        var provider = entry.Provider ?? file.Provider;
        return new ModelPrices(entry.Model, provider, aliases, Periods(entry, lines), file.Source, file.Checked, entry.Place);
    }

    private static string DemandName(string? name, CatalogPlace place) =>
        string.IsNullOrWhiteSpace(name) || name.Trim().Length != name.Length
            ? throw place.Error($"'{name}' is no name of a model.", "Give the name as it stands in gen_ai.response.model, without spaces around it.")
            : name;

    private static List<PricePeriod> Periods(PricedModel model, List<PriceLine?> lines)
    {
        var sorted = lines
            .Select(line => line ?? throw model.Place.Error($"'{model.Model}' has an empty price.", "Fill it in or delete it."))
            .Select(line => line.From is null ? throw NoBegin(model, line) : line)
            .OrderBy(line => line.From)
            .ToList();
        var nexts = sorted.Skip(1).Append(null);
        return [.. sorted.Zip(nexts, (line, next) => new PricePeriod(line.From!.Value, End(model, line, next), Prices(model, line)))];
    }

    private static AssayException NoBegin(PricedModel model, PriceLine line) =>
        line.Place.Error($"'{model.Model}' has a price without 'from:'.", "Say since when it holds: 'from: 2026-01-31'.");

    private static DateOnly End(PricedModel model, PriceLine line, PriceLine? next)
    {
        if (line.Before <= line.From)
        {
            throw line.Place.Error(
                $"a price of '{model.Model}' ends on {line.Before:yyyy-MM-dd}, before it begins.",
                "Let 'before:' be a later day than 'from:'."
            );
        }

        if (next is not null && (next.From == line.From || line.Before > next.From))
        {
            throw next.Place.Error(
                $"prices of '{model.Model}' overlap: the one of line {line.Place.Line} still holds on {next.From:yyyy-MM-dd}.",
                "Let each day have one price: change 'from:' or 'before:'."
            );
        }

        return line.Before ?? next?.From ?? DateOnly.MaxValue;
    }

    private static TokenPrices Prices(PricedModel model, PriceLine line)
    {
        var input =
            Pico(model, line, "input")
            ?? throw line.Place.Error($"a price of '{model.Model}' lacks 'input:'.", "Give the dollars for a million input tokens; 0 when they are free.");
        var output = Pico(model, line, "output");
        if (output is null && line.Reasoning is not null)
        {
            throw line.Place.Error($"a price of '{model.Model}' has 'reasoning:' and no 'output:'.", "Give the dollars for a million output tokens.");
        }

        // What a provider does not price apart it bills as the kind it is part of: cached input without a discount as input, writing
        // to the cache without a surcharge as input (OpenAI before GPT-5.6), reasoning as output (OpenAI, Anthropic, Google).
        return new TokenPrices(
            input,
            Pico(model, line, "cachedInput") ?? input,
            Pico(model, line, "cacheWrite") ?? input,
            output,
            Pico(model, line, "reasoning") ?? output
        );
    }

    private static long? Pico(PricedModel model, PriceLine line, string kind)
    {
        if (line.Kinds.First(k => k.Key == kind).Value is not { } dollars)
        {
            return null;
        }

        var pico = dollars is >= 0 and <= TokenPrices.MaxPicoPerToken / PicoPerTokenOfDollarsPerMillion ? dollars * PicoPerTokenOfDollarsPerMillion : -1;
        return pico >= 0 && pico == decimal.Truncate(pico)
            ? (long)pico
            : throw line.Place.Error(
                $"'{kind}: {dollars}' of '{model.Model}' is no price.",
                "Give US dollars for a million tokens: 0 to 10,000 with at most six digits after the point."
            );
    }
}
