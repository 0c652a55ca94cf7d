using System.Runtime.InteropServices;

namespace Assay.Rag.Reading;

/// <summary>How much there is to read, so that progress can be shown against it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct InputSize(int Files, long Bytes)
{
    /// <summary>Lists the files without opening any. A file that cannot be looked at counts as empty; reading it will say why.</summary>
    /// <exception cref="AssayException">A named path is missing, or is a file of another kind (exit code 2).</exception>
    public static InputSize Of(IEnumerable<string> paths, CancellationToken cancellation)
    {
        var named = paths.ToList();
        SourceWalk.Check(named);
        var size = default(InputSize);
        foreach (var found in new SourceWalk().Walk(named))
        {
            cancellation.ThrowIfCancellationRequested();
            size = found.File is null ? size : new InputSize(size.Files + 1, size.Bytes + LengthOf(found.File.Path));
        }

        return size;
    }

    private static long LengthOf(string path)
    {
        try
        {
            // A link has the length of what it leads to.
            return File.Exists(path) && new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is FileInfo target
                ? target.Length
                : new FileInfo(path).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
