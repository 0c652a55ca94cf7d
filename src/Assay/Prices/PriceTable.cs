using System.Collections.Frozen;
using Assay.Catalogs;

namespace Assay.Prices;

/// <summary>
/// Prices of models by day, read from the files of a folder. A model is found by its name or an alias, exactly; else by its name without
/// the day at its end (<c>gpt-4.1-mini-2025-04-14</c> → <c>gpt-4.1-mini</c>). Never changes: a new file makes a new table.
/// </summary>
public sealed class PriceTable
{
    /// <summary>A table without any price: every call is unknown.</summary>
    public static readonly PriceTable Empty = new([]);

    private const long NanosPerDay = 86_400_000_000_000;
    private static readonly int UnixEpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private readonly FrozenDictionary<string, ModelPrices[]> byName;
    private readonly FrozenDictionary<string, ModelPrices[]>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    private PriceTable(IReadOnlyList<ModelPrices> models)
    {
        Models = models;
        byName = models
            .SelectMany(model => Names(model).Select(name => (name, model)))
            .GroupBy(pair => pair.name, pair => pair.model)
            .ToFrozenDictionary(group => group.Key, group => Only(group.Key, [.. group]));
        bySpan = byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Every model, in order of files and lines.</summary>
    public IReadOnlyList<ModelPrices> Models { get; }

    /// <summary>Reads every price file of a folder and the folders in it; a folder that is missing gives <see cref="Empty"/>.</summary>
    /// <exception cref="AssayException">
    /// A file is wrong: not YAML, an unknown key, a negative price, overlapping dates, a model that two files define (exit code 2); the message names file and line.
    /// </exception>
    public static PriceTable Load(string folder) => Of(CatalogFile.In(folder).SelectMany(CatalogFile.Read<PriceFile>));

    /// <summary>Reads one price file from a text; <paramref name="path"/> is only named in errors.</summary>
    /// <exception cref="AssayException">See <see cref="Load"/>.</exception>
    public static PriceTable Parse(string text, string path) => Of(CatalogFile.Parse<PriceFile>(text, path));

    /// <summary>The model of a name; null when no file names it for that provider.</summary>
    /// <param name="model">The name in a response or request.</param>
    /// <param name="provider">The provider, empty when not known. Prices of one provider do not apply to another's calls.</param>
    public ModelPrices? Find(string model, string provider) =>
        Match(model, provider) ?? (DatedName.WithoutDay(model) is { IsEmpty: false } name ? Match(name, provider) : null);

    /// <summary>The prices of a model at a time; null when there are none.</summary>
    /// <param name="model">The name in a response or request.</param>
    /// <param name="provider">The provider, empty when not known.</param>
    /// <param name="at">The time.</param>
    public TokenPrices? Find(string model, string provider, DateTimeOffset at) => Find(model, provider)?.On(DateOnly.FromDateTime(at.UtcDateTime));

    /// <summary>
    /// Prices a call, exactly. A hit of the caller's cache is <see cref="Pricing.Avoided"/>, with what it would have cost. Whatever cannot be priced
    /// is unknown, cache hits too: their 0 would otherwise stand in the sum of what was avoided.
    /// </summary>
    public ModelUse Price(in ModelCall call)
    {
        if (call.Tokens is not { } tokens || !TokenPrices.AreSane(tokens))
        {
            return Use(call, Pricing.UnknownTokens, Money.Zero);
        }

        return Find(call.Model, call.Provider)?.On(DayOf(call.AtNanos))?.CostOf(tokens) is { } cost
            ? Use(call, call.IsCacheHit ? Pricing.Avoided : Pricing.Priced, cost)
            : Use(call, Pricing.UnknownModel, Money.Zero);
    }

    private static ModelUse Use(in ModelCall call, Pricing pricing, Money cost) =>
        new(call.Model, call.Provider, pricing == Pricing.UnknownTokens ? default : call.Tokens ?? default, pricing, cost, call.IsRetry);

    private static DateOnly DayOf(long nanos) => DateOnly.FromDayNumber(UnixEpochDay + (int)Math.Max(0, nanos / NanosPerDay));

    private static PriceTable Of(IEnumerable<PriceFile> files) => new([.. files.SelectMany(PriceReading.Models)]);

    private static IEnumerable<string> Names(ModelPrices model) => model.Aliases.Prepend(model.Model);

    private static ModelPrices[] Only(string name, ModelPrices[] models)
    {
        for (var i = 1; i < models.Length; i++)
        {
            if (models.AsSpan(0, i).ToArray().FirstOrDefault(earlier => earlier.Provider == models[i].Provider) is { } earlier)
            {
                throw models[i]
                    .Place.Error(
                        $"'{name}' has its prices at {earlier.Place} already.",
                        "Keep one of the two; a change of price is a second 'from:' in the same entry."
                    );
            }
        }

        return models;
    }

    private ModelPrices? Match(ReadOnlySpan<char> name, string provider)
    {
        if (!bySpan.TryGetValue(name, out var models))
        {
            return null;
        }

        ModelPrices? ofAny = null;
        foreach (var model in models)
        {
            if (model.Provider == provider && provider.Length > 0)
            {
                return model;
            }

            ofAny = model.Provider.Length == 0 ? model : ofAny;
        }

        // A caller that does not say who answered means the only one there is.
        return ofAny ?? (provider.Length == 0 && models.Length == 1 ? models[0] : null);
    }
}
