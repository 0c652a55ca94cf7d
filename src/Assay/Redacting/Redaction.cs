namespace Assay.Redacting;

/// <summary>Takes personal data and secrets out of text: by <see cref="RedactionRules"/>, in linear time.</summary>
internal static class Redaction
{
    /// <summary>The text without them; the same instance when there was nothing to take out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="found">Hears how many of which kind were taken out; null costs nothing.</param>
    public static string Of(string text, Action<string, int>? found = null)
    {
        var signs = RedactionSigns.In(text);
        if (signs == Signs.None)
        {
            return text;
        }

        foreach (var rule in RedactionRules.All)
        {
            if (!signs.HasFlag(rule.Needs))
            {
                continue;
            }

            if (found is not null && rule.Pattern.Count(text) is > 0 and var count)
            {
                found(rule.Kind, count);
            }

            text = rule.Pattern.Replace(text, rule.Replacement);
        }

        return text;
    }

    /// <summary>Whether <see cref="Of"/> would change the text. Allocates nothing.</summary>
    public static bool IsNeeded(ReadOnlySpan<char> text)
    {
        var signs = RedactionSigns.In(text);
        if (signs == Signs.None)
        {
            return false;
        }

        foreach (var rule in RedactionRules.All)
        {
            if (signs.HasFlag(rule.Needs) && rule.Pattern.IsMatch(text))
            {
                return true;
            }
        }

        return false;
    }
}
