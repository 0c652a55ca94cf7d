namespace Assay.Cli.Showing;

/// <summary>Text in lines for a terminal.</summary>
internal static class WrappedText
{
    private const int Width = 80;

    // Not white space, so nothing is broken there, and in no text that is shown.
    private const char Bond = '\u0001';

    /// <summary>Lines of at most 80 columns; equations and units stay whole.</summary>
    public static IEnumerable<string> Lines(string text, int width = Width) =>
        PassageView.Wrap(text.Replace(" = ", $"{Bond}={Bond}").Replace(" %", $"{Bond}%"), width).Select(line => line.Replace(Bond, ' '));
}
