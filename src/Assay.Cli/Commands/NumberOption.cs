using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Assay.Cli.Reading;
using Assay.Statistics;

namespace Assay.Cli.Commands;

/// <summary>Options and arguments that are numbers; what is none is refused with its name and value.</summary>
internal static class NumberOption
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;

    public static Option<double?> Number(string name, string helpName, string description) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => Number(result, name, result.Tokens.Single().Value),
        };

    public static Option<double[]> Numbers(string name, string helpName, string description) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => [.. result.Tokens.Select(t => Number(result, name, t.Value) ?? 0)],
        };

    public static Option<long?> Count(string name, string helpName, string description) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => Count(result, name, result.Tokens.Single().Value),
        };

    public static Argument<long[]> Counts(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "UNITS",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result => [.. result.Tokens.Select(t => Count(result, name, t.Value) ?? 0)],
        };

    /// <summary>The accepted share of false alarms.</summary>
    public static Option<double?> Alpha(double byDefault) =>
        Number("--alpha", "A", string.Create(CultureInfo.InvariantCulture, $"Accepted share of false alarms, between 0 and 1. The default is {byDefault}."));

    /// <summary>The claim of a test.</summary>
    public static Option<Alternative> Claim() =>
        new("--alternative")
        {
            Description = "What the p-value speaks for: two-sided (the default), greater (the treatment is higher) or less.",
            HelpName = "CLAIM",
            CustomParser = result => Claim(result, result.Tokens.Single().Value),
        };

    private static double? Number(SymbolResult result, string name, string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            return value;
        }

        result.AddError($"{name}: '{CellText.Shorten(text)}' is not a number such as 0.05.");
        return null;
    }

    private static long? Count(SymbolResult result, string name, string text)
    {
        if (long.TryParse(text, Whole, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        result.AddError($"{name}: '{CellText.Shorten(text)}' is not a whole number such as 50123.");
        return null;
    }

    private static Alternative Claim(SymbolResult result, string text)
    {
        switch (text)
        {
            case "two-sided":
                return Alternative.TwoSided;
            case "greater":
                return Alternative.Greater;
            case "less":
                return Alternative.Less;
            default:
                result.AddError($"--alternative: '{CellText.Shorten(text)}' is not two-sided, greater or less.");
                return default;
        }
    }
}
