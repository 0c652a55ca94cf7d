using System.Globalization;
using Assay.Files;

namespace Assay.Releases.Canaries.Splits;

/// <summary>
/// The share that was last set and confirmed, for splits that cannot be asked: a small file. It is taken away before anything is changed, so that a change that was
/// interrupted reads as unknown, not as done.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class SplitMark(string path)
{
    /// <summary>The share; null when none was confirmed, or the file cannot be read.</summary>
    public decimal? Read()
    {
        try
        {
            return File.Exists(path) && decimal.TryParse(File.ReadAllText(path), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
                ? percent
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Forgets the share.</summary>
    public void Clear()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder may be gone with it; what is set next is written or refused.
        }
    }

    /// <summary>Remembers the share.</summary>
    /// <exception cref="AssayException">It cannot be written (exit code 4).</exception>
    public void Write(decimal percent) => AtomicFile.WriteText(path, Text(percent));

    /// <summary>A share as programs read it: <c>0.5</c>.</summary>
    public static string Text(decimal percent) => percent.ToString("0.####", CultureInfo.InvariantCulture);
}
