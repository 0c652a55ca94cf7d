using Assay.Releases.Approvals;
using Assay.Releases.Files;

namespace Assay.Cli.Releasing;

/// <summary>Private keys of approvers: files that only their owner can read, outside of any repository.</summary>
internal static class ApproverKeys
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private const long LargestKey = 16 << 10;

    /// <summary>Where the key of a person is: what was named, else <c>~/.config/assay/approvers/NAME.pem</c>.</summary>
    /// <exception cref="AssayException">The name cannot be one, or nobody says where home is (exit code 2).</exception>
    public static string PathOf(string name, string? named, IReadOnlyDictionary<string, string> environment)
    {
        if (!ReleaseId.IsName(name))
        {
            throw AssayException.Usage("That cannot be an approver's name.", ReleaseId.NameFix);
        }

        var home = new[] { "HOME", "USERPROFILE" }.Select(v => environment.GetValueOrDefault(v, "")).FirstOrDefault(v => v.Length > 0);
        return named
            ?? (
                home is not null
                    ? Path.Combine(home, ".config", "assay", "approvers", name + ".pem")
                    : throw AssayException.Usage("Nobody says where the key is.", "Name its file with --key FILE.")
            );
    }

    /// <summary>Makes a key; one that is there is never written over.</summary>
    /// <returns>Its public half.</returns>
    /// <exception cref="AssayException">The file is there (exit code 2) or cannot be written (exit code 4).</exception>
    public static string Make(string path)
    {
        var pem = ApprovalKey.New();
        try
        {
            MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var options = new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = FileMode;
            }

            using var file = new StreamWriter(path, options);
            file.Write(pem);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw AssayException.Usage($"'{path}' is there already.", "A key is never written over: name another file with --key, or move that one away.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure(
                $"Cannot write '{path}': {e.Message}",
                "Check the folder and its permissions, or name another file with --key.",
                e
            );
        }

        return ApprovalKey.PublicOf(pem);
    }

    /// <summary>Reads a private key.</summary>
    /// <exception cref="AssayException">It is not there, or others can read it (exit code 2).</exception>
    public static string Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Length > LargestKey)
            {
                throw AssayException.Usage($"'{path}' is no key.", "Name the file that `assay release key NAME` made.");
            }

            if (!OperatingSystem.IsWindows() && (file.UnixFileMode & Others) != UnixFileMode.None)
            {
                throw AssayException.Usage(
                    $"Others than its owner can read or write '{path}'.",
                    $"Whoever reads it approves in your name: chmod 600 '{path}', or make a new key."
                );
            }

            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"Cannot read '{path}': {e.Message}", "Make a key with `assay release key NAME`, or name its file with --key.", e);
        }
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, FolderMode);
        }
    }
}
