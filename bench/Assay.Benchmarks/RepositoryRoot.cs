namespace Assay.Benchmarks;

/// <summary>Finds the repository from wherever the bench was built.</summary>
internal static class RepositoryRoot
{
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Assay.slnx")))
            {
                return folder.FullName;
            }
        }

        throw AssayException.Usage($"No folder above {AppContext.BaseDirectory} holds Assay.slnx.", "Run the benches from within the repository.");
    }
}
