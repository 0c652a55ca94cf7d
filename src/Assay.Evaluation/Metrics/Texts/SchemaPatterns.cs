using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Evaluation.Metrics.Texts;

/// <summary>
/// The patterns of a JSON schema, tried on an answer before the validator sees it. The validator searches without a limit of time, and a pattern such as
/// <c>^(a+)+$</c> takes for ever on thirty characters; what ends here in time ends there too, since both search alike. Safe for several threads.
/// </summary>
internal sealed class SchemaPatterns
{
    /// <summary>The longest search for one pattern in one text, and for all of an answer together.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<Regex> values;
    private readonly IReadOnlyList<Regex> names;

    private SchemaPatterns(IEnumerable<string> values, IEnumerable<string> names) => (this.values, this.names) = (Made(values), Made(names));

    /// <summary>The patterns of a schema: <c>pattern</c> for texts, <c>patternProperties</c> for names.</summary>
    /// <exception cref="ArgumentException">A pattern is wrong.</exception>
    public static SchemaPatterns Of(JsonElement schema)
    {
        var (values, names) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        Gather(schema, values, names);
        return new SchemaPatterns(values, names);
    }

    /// <summary>The pattern that takes too long on this answer; null when all end in time.</summary>
    public string? TooSlow(JsonElement answer)
    {
        if (values.Count + names.Count == 0)
        {
            return null;
        }

        var began = TimeProvider.System.GetTimestamp();
        foreach (var (text, patterns) in Texts(answer))
        {
            foreach (var pattern in patterns)
            {
                if (!Ends(pattern, text) || TimeProvider.System.GetElapsedTime(began) > Longest)
                {
                    return pattern.ToString();
                }
            }
        }

        return null;
    }

    private IEnumerable<(string Text, IReadOnlyList<Regex> Patterns)> Texts(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => [(element.GetString()!, values)],
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
            JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value).Prepend((property.Name, names))),
            _ => [],
        };

    private static bool Ends(Regex pattern, string text)
    {
        try
        {
            _ = pattern.IsMatch(text);
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    // A property that is called "pattern" is taken for one too; its schema is no text, so nothing is tried that need not be.
    private static void Gather(JsonElement schema, HashSet<string> values, HashSet<string> names)
    {
        foreach (var item in schema.ValueKind == JsonValueKind.Array ? schema.EnumerateArray().ToList() : [])
        {
            Gather(item, values, names);
        }

        foreach (var property in schema.ValueKind == JsonValueKind.Object ? schema.EnumerateObject().ToList() : [])
        {
            if (property is { Name: "pattern", Value.ValueKind: JsonValueKind.String })
            {
                values.Add(property.Value.GetString()!);
            }
            else if (property is { Name: "patternProperties", Value.ValueKind: JsonValueKind.Object })
            {
                names.UnionWith(property.Value.EnumerateObject().Select(named => named.Name));
            }

            Gather(property.Value, values, names);
        }
    }

    // As the validator makes them: another engine would end on other texts.
    private static IReadOnlyList<Regex> Made(IEnumerable<string> patterns) => [.. patterns.Select(pattern => new Regex(pattern, RegexOptions.None, Longest))];
}
