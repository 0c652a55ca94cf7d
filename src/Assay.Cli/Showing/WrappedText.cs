namespace Assay.Cli.Showing;

/// <summary>Text in lines for a terminal.</summary>
internal static class WrappedText
{
    private const int Width = 80;

    // Not white space, so nothing is broken there, and in no text that is shown.
    private const char Bond = '\u0001';

    /// <summary>Lines of at most 80 columns; equations and units stay whole.</summary>
    public static IEnumerable<string> Lines(string text) => Within(text, Width);

    /// <summary>Lines of at most <paramref name="width"/> columns. A method of its own: as a second argument of <see cref="Lines"/> a caller's index would be taken for it.</summary>
    public static IEnumerable<string> Within(string text, int width) =>
        PassageView.Wrap(text.Replace(" = ", $"{Bond}={Bond}").Replace(" %", $"{Bond}%"), width).Select(line => line.Replace(Bond, ' '));
}
