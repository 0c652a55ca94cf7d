using Assay.Embedded.Objects;
using Assay.Stores;

namespace Assay.Embedded.Safety;

/// <summary>An object as a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its file.</param>
internal sealed record ObjectFile(string Name, string Path);

/// <summary>The files of objects in a data folder, as backups see them: from beside, while a hub may write.</summary>
internal static class ObjectFiles
{
    /// <summary>What stands before an object's name in a backup.</summary>
    public const string Prefix = FolderObjectStore.FolderName + "/";

    /// <summary>The folder of objects in a data folder.</summary>
    public static string FolderIn(string dataFolder) => Path.Combine(dataFolder, FolderObjectStore.FolderName);

    /// <summary>Where an object lies in a folder of objects.</summary>
    public static string PathOf(string folder, string name) => Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>All objects, by their names; what is written aside is none yet.</summary>
    public static IReadOnlyList<ObjectFile> In(string dataFolder)
    {
        var folder = new DirectoryInfo(FolderIn(dataFolder));
        return
        [
            .. (folder.Exists ? folder.EnumerateFiles("*", SearchOption.AllDirectories) : [])
                .Select(file => new ObjectFile(Path.GetRelativePath(folder.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), file.FullName))
                .Where(file => ObjectName.IsAllowed(file.Name))
                .OrderBy(file => file.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Opens an object that may be replaced meanwhile; null when it is gone.</summary>
    public static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
