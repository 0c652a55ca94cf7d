using Assay.Models.Offline;
using Assay.Rag.Settings;
using Assay.Rag.Storage;

namespace Assay.Rag.Live;

/// <summary>Vectors of two models cannot be compared, even when they have the same length.</summary>
internal static class DenseModelCheck
{
    /// <exception cref="AssayException">The index was built by another model than queries would be embedded by (exit code 2).</exception>
    public static void Demand(IndexManifest manifest, RagSettings settings, LiveModels live)
    {
        var built = manifest.Settings.GetValueOrDefault(IndexManifest.DenseModel, LsaModel.Name);
        var asked = live.Embeddings?.Model ?? LsaModel.Name;
        if (!settings.Dense || built == asked)
        {
            return;
        }

        var fix = built == LsaModel.Name ? "leave --embeddings out" : $"give --embeddings with --embeddings-model {built}";
        throw AssayException.Usage(
            $"The index has vectors of '{built}', and '{asked}' would embed the query: they cannot be compared.",
            $"Build the index again with the same options, {fix}, or search without vectors: --disable-dense."
        );
    }
}
