using System.Globalization;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Flags;
using Assay.Hashing;

namespace Assay.Experimentation.Clients;

/// <summary>Flags and experiments as the files of a catalog folder write them, without overrides.</summary>
/// <param name="folder">The catalog folder, with <c>flags</c> and <c>experiments</c> in it.</param>
internal sealed class CatalogSnapshot(string folder)
{
    /// <summary>Reads the files.</summary>
    /// <exception cref="AssayException">The folder is missing, or a file is wrong; the message names file and line (exit code 2).</exception>
    public Snapshot Read()
    {
        if (!Directory.Exists(folder))
        {
            throw AssayException.Usage($"There is no catalog folder '{folder}'.", "Name the folder that holds flags/ and experiments/, or name none.");
        }

        var flags = FlagSet.Build(FlagCatalog.Read(folder), []);
        var experiments = ExperimentSet.Build(ExperimentCatalog.Read(folder));
        // The version is a hash of all that it says, as a hub makes it.
        var content = new Snapshot(flags, experiments, "").ToJson();
        return new Snapshot(flags, experiments, XxHash64.Hash(content.Span).ToString("x16", CultureInfo.InvariantCulture));
    }
}
