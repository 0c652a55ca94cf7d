using System.Runtime.Versioning;

namespace Assay.Rag.Gpu;

/// <summary>Where the lock files lie: a folder of the user alone.</summary>
internal static class GpuLeaseFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary><c>$XDG_RUNTIME_DIR/assay</c> where that folder exists, else <c>assay-USER</c> in the folder for temporary files.</summary>
    public static string Default(string? runtimeFolder, string user) =>
        Path.IsPathFullyQualified(runtimeFolder ?? "") && Directory.Exists(runtimeFolder)
            ? Path.Combine(runtimeFolder!, "assay")
            : Path.Combine(Path.GetTempPath(), $"assay-{Safe(user)}");

    /// <summary>Creates <paramref name="folder"/> with mode 0700 unless it exists.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ownerOnly">True takes an existing folder only when it is ours and closes it to others: the temporary folder is open to strangers.</param>
    /// <exception cref="AssayException">The folder cannot be created or belongs to somebody else (exit code 4).</exception>
    public static void Ensure(string folder, bool ownerOnly)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                EnsureOnUnix(folder, ownerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure(
                $"Cannot use '{folder}' for the GPU lease: {e.Message}",
                "Set XDG_RUNTIME_DIR to a folder of your own, or remove the one named.",
                e
            );
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void EnsureOnUnix(string folder, bool ownerOnly)
    {
        Directory.CreateDirectory(folder, OwnerOnly);
        if (!ownerOnly)
            return;
        if (new DirectoryInfo(folder).LinkTarget is not null)
            throw new IOException("It is a symbolic link.");
        // Only the owner may change the mode, so this also refuses a folder that a stranger laid there first.
        File.SetUnixFileMode(folder, OwnerOnly);
    }

    private static string Safe(string user) => string.Concat(user.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));
}
