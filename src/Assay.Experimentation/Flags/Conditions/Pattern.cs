using System.Text.RegularExpressions;

namespace Assay.Experimentation.Flags.Conditions;

/// <summary><c>matches</c>: a regular expression found anywhere in the text, in time that grows with the text's length alone.</summary>
internal sealed class Pattern(ConditionEntry entry) : TextCondition(entry)
{
    /// <summary>The longest pattern, in characters.</summary>
    public const int MostCharacters = 1000;

    private readonly Regex[] patterns = [.. entry.Values!.Select(Read)];

    protected override bool Fits(string text)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.IsMatch(text))
            {
                return true;
            }
        }

        return false;
    }

    private static Regex Read(string pattern)
    {
        if (pattern.Length > MostCharacters)
        {
            throw new FormatException($"a pattern of {pattern.Length} characters; {MostCharacters} are allowed");
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"the pattern '{pattern}' cannot be matched without backtracking: {e.Message}", e);
        }
    }
}
