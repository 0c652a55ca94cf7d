using System.Text;
using Assay.Cli.Showing;
using Assay.Files;
using Assay.Releases.Rehearsals;

namespace Assay.Cli.Rehearsing;

/// <summary>Results as files.</summary>
internal static class RehearsalFiles
{
    public const string Json = "rehearsals.json";
    public const string Markdown = "rehearsals.md";

    /// <summary>Writes both.</summary>
    /// <exception cref="AssayException">The folder cannot be written to (exit code 4).</exception>
    public static async Task WriteAsync(string folder, RehearsalReport report)
    {
        await using var json = new StringWriter();
        await JsonOutput.WriteAsync(json, report);
        Write(Path.Combine(folder, Json), json.ToString());
        Write(Path.Combine(folder, Markdown), RehearsalMarkdown.Text(report));
    }

    private static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
