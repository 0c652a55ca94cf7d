namespace Assay.Evaluation.Tests.Catalog;

/// <summary>Files of the repository, found from where the tests were built.</summary>
internal static class RepositoryFiles
{
    private static readonly Lazy<string> Root = new(Find);

    public static string Path(string relative) => System.IO.Path.Combine(Root.Value, relative);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Assay.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Assay.slnx above {AppContext.BaseDirectory}.");
    }
}
