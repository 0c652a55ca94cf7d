using System.Text;

namespace Assay.Rag.Judgements;

/// <summary>Text files that a person names on the command line.</summary>
internal static class InputFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines of a UTF-8 file.</summary>
    /// <exception cref="AssayException">The file is missing, unreadable or not UTF-8 (exit code 2).</exception>
    public static IReadOnlyList<string> ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path, Strict);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"Cannot read '{path}': {e.Message}", "Check the path and its permissions.", e);
        }
        catch (DecoderFallbackException e)
        {
            throw AssayException.Usage($"'{path}' is not UTF-8: {e.Message}", "Convert it to UTF-8, for example with iconv.", e);
        }
    }
}
