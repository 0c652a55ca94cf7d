using System.Globalization;

namespace Assay.Releases.Canaries.Probes;

/// <summary>
/// Finds one sample on a page in Prometheus text 0.0.4 or OpenMetrics 1.0. Other lines may be anything: a page whose rest is odd still tells its memory.
/// </summary>
internal static class PageSample
{
    private const int MostShown = 40;

    /// <summary>The value of the sample with this name and these labels, or why there is none.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The sample's name.</param>
    /// <param name="labels">Labels that it must have; it may have others.</param>
    public static ProbeAnswer Find(ReadOnlySpan<char> page, string name, IReadOnlyDictionary<string, string> labels)
    {
        ProbeAnswer? found = null;
        var matches = 0;
        foreach (var range in page.Split('\n'))
        {
            if (TryMatch(page[range].Trim(), name, labels, out var value))
            {
                matches++;
                found ??= Read(name, value);
            }
        }

        return matches switch
        {
            0 => ProbeAnswer.Bad($"the page has no {name}{(labels.Count == 0 ? "" : " with these labels")}"),
            1 => found!,
            _ => ProbeAnswer.Bad($"the page has {name} {matches} times, and labels do not say which one"),
        };
    }

    private static bool TryMatch(ReadOnlySpan<char> line, string name, IReadOnlyDictionary<string, string> labels, out ReadOnlySpan<char> value)
    {
        value = default;
        if (!line.StartsWith(name, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = line[name.Length..];
        // A longer name begins so too.
        if (rest.IsEmpty || rest[0] is not ('{' or ' ' or '\t') || !HasLabels(ref rest, labels))
        {
            return false;
        }

        rest = rest.TrimStart();
        // A time or an exemplar may come after the value.
        var end = rest.IndexOfAny(' ', '\t');
        value = end < 0 ? rest : rest[..end];
        return true;
    }

    private static bool HasLabels(ref ReadOnlySpan<char> rest, IReadOnlyDictionary<string, string> wanted)
    {
        rest = rest.TrimStart();
        if (rest.IsEmpty || rest[0] != '{')
        {
            return wanted.Count == 0;
        }

        rest = rest[1..];
        var left = wanted.Count;
        while (true)
        {
            rest = rest.TrimStart(" \t,");
            if (rest is ['}', ..])
            {
                rest = rest[1..];
                return left == 0;
            }

            var equals = rest.IndexOf('=');
            if (equals < 0)
            {
                return false;
            }

            var key = rest[..equals].Trim().ToString();
            rest = rest[(equals + 1)..].TrimStart();
            if (Quoted(ref rest) is not { } value || (wanted.TryGetValue(key, out var needed) && needed != value))
            {
                return false;
            }

            left -= needed is null ? 0 : 1;
        }
    }

    private static string? Quoted(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] != '"')
        {
            return null;
        }

        var text = new System.Text.StringBuilder();
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '"')
            {
                rest = rest[(i + 1)..];
                return text.ToString();
            }

            if (rest[i] == '\\' && i + 1 < rest.Length)
            {
                i++;
                text.Append(rest[i] == 'n' ? '\n' : rest[i]);
            }
            else
            {
                text.Append(rest[i]);
            }
        }

        return null;
    }

    private static ProbeAnswer Read(string name, ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new ProbeAnswer(Problem: null) { Value = value }
            : ProbeAnswer.Bad($"{name} is '{Shown(text)}', which is no number");

    private static string Shown(ReadOnlySpan<char> text) =>
        string.Concat(text[..Math.Min(text.Length, MostShown)].ToString().Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
