using System.Text;
using Assay.Embedded.Folders;

namespace Assay.Server.Access;

/// <summary>The administrator's token in the data folder: made on first start, readable by the hub's user alone. Commands on this machine read it there.</summary>
internal static class AdminToken
{
    /// <summary>The name of its file in the data folder.</summary>
    public const string FileName = "token";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The token of a data folder, made when there is none.</summary>
    /// <exception cref="AssayException">The file holds no token (exit code 2).</exception>
    public static string ReadOrMake(DataFolder folder)
    {
        var path = Path.Combine(folder.Path, FileName);
        if (!File.Exists(path))
        {
            folder.Write(FileName, Encoding.ASCII.GetBytes(AccessKey.NewSecret() + "\n"));
        }

        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }

        var secret = File.ReadAllText(path).Trim();
        return AccessKey.IsSecret(secret)
            ? secret
            : throw AssayException.Usage($"{path} holds no token of a hub.", "Delete the file and start the hub again; it makes a new one.");
    }
}
