namespace Assay.Server.Tests.Dashboards;

/// <summary>Where the repository is: the folder above the tests that holds <c>Assay.slnx</c>.</summary>
internal static class RepositoryFolder
{
    private static readonly Lazy<string> Root = new(Find);

    /// <summary>The full path of a file or folder of the repository.</summary>
    public static string Of(string path) => Path.Combine(Root.Value, path);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Assay.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Assay.slnx.");
    }
}
