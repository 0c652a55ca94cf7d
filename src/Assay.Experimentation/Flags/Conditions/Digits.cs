namespace Assay.Experimentation.Flags.Conditions;

/// <summary>ASCII digits. The searches of the platform box their bounds until they are compiled a second time.</summary>
internal static class Digits
{
    /// <summary>How many digits a text begins with.</summary>
    public static int Leading(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
        {
            count++;
        }

        return count;
    }
}
