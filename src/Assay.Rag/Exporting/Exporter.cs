using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Files;
using Assay.Rag.Retrieving;
using Assay.Rag.Storage;

namespace Assay.Rag.Exporting;

/// <summary>A file that was exported.</summary>
internal sealed record ExportedFile(string Name, long Bytes, string Sha256);

/// <summary>
/// Writes an index for other programs: <c>chunks.jsonl</c>; <c>vectors.npy</c> (NumPy array, float32, one row a chunk in the order of chunks.jsonl);
/// <c>sparse_vectors.jsonl</c> (term to BM25F impact without idf, 0 to 1); <c>terms.tsv</c> (term, chunks that have it, idf); <c>manifest.json</c> with sizes and hashes.
/// </summary>
internal sealed class Exporter(RagIndex index)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool HasVectors => index.Dense is not null;

    public bool HasSparseVectors => index.Sparse is not null;

    /// <summary>Writes everything into <paramref name="folder"/> and returns what was written, the manifest last.</summary>
    public IReadOnlyList<ExportedFile> Write(string folder)
    {
        ForgetAbsentLegs(folder);
        var names = new List<string> { "chunks.jsonl" };
        AtomicFile.Write(Path.Combine(folder, "chunks.jsonl"), WriteChunks);
        if (index.Dense is not null)
        {
            names.Add("vectors.npy");
            AtomicFile.Write(Path.Combine(folder, "vectors.npy"), WriteVectors);
        }

        if (index.Sparse is not null)
        {
            var terms = index.Lexicon.ReadAll();
            names.Add("sparse_vectors.jsonl");
            AtomicFile.Write(Path.Combine(folder, "sparse_vectors.jsonl"), stream => WriteSparse(stream, terms));
            names.Add("terms.tsv");
            AtomicFile.Write(Path.Combine(folder, "terms.tsv"), stream => WriteTerms(stream, terms));
        }

        var files = names.ConvertAll(n => Describe(folder, n));
        AtomicFile.Write(Path.Combine(folder, IndexFolder.ManifestName), stream => WriteManifest(stream, files));
        files.Add(Describe(folder, IndexFolder.ManifestName));
        return files;
    }

    /// <summary>Files of an earlier run that this index has no counterpart for would be taken for its own.</summary>
    private void ForgetAbsentLegs(string folder)
    {
        Directory.CreateDirectory(folder);
        string[] absent = [.. HasVectors ? [] : (string[])["vectors.npy"], .. HasSparseVectors ? [] : (string[])["sparse_vectors.jsonl", "terms.tsv"]];
        foreach (var name in absent)
        {
            File.Delete(Path.Combine(folder, name));
        }
    }

    private static ExportedFile Describe(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return new ExportedFile(name, new FileInfo(path).Length, IndexFolder.HashOf(path));
    }

    private static void WriteLines(Stream stream, int count, Action<Utf8JsonWriter, int> write)
    {
        using var json = new Utf8JsonWriter(stream, Plain);
        for (var i = 0; i < count; i++)
        {
            json.WriteStartObject();
            write(json, i);
            json.WriteEndObject();
            json.Flush();
            stream.WriteByte((byte)'\n');
            json.Reset();
        }
    }

    private void WriteChunks(Stream stream) =>
        WriteLines(
            stream,
            index.Chunks.Count,
            (json, i) =>
            {
                var chunk = index.Chunks.Read(i);
                json.WriteString("id", chunk.Id);
                json.WriteString("document_id", chunk.DocumentId);
                json.WriteString("title", chunk.Title);
                json.WriteString("heading_path", chunk.HeadingPath);
                json.WriteNumber("start", chunk.Start);
                json.WriteNumber("length", chunk.Length);
                json.WriteNumber("tokens", chunk.TokenCount);
                json.WriteString("text", chunk.Text);
            }
        );

    /// <summary>NumPy's format 1.0: magic, version, header length, a Python dictionary padded to 64 bytes, then the numbers row by row.</summary>
    private void WriteVectors(Stream stream)
    {
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({index.Dense!.ChunkCount}, {index.Dense.Dimensions}), }}";
        var padded = header.PadRight(((header.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        stream.Write([0x93, .. "NUMPY"u8, 1, 0]);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)padded.Length);
        stream.Write(length);
        stream.Write(Encoding.ASCII.GetBytes(padded));
        for (var chunk = 0; chunk < index.Dense.ChunkCount; chunk++)
        {
            stream.Write(MemoryMarshal.AsBytes(index.Dense.Vector(chunk)));
        }
    }

    private void WriteSparse(Stream stream, string[] terms)
    {
        var vectors = SparseVectors.Of(index.Sparse!);
        WriteLines(
            stream,
            index.Chunks.Count,
            (json, i) =>
            {
                json.WriteString("id", index.Chunks.Read(i).Id);
                json.WriteStartObject("vector");
                foreach (var (term, impact) in vectors.Of(i))
                {
                    json.WriteNumber(terms[term], Math.Round(impact / 255.0, 4));
                }

                json.WriteEndObject();
            }
        );
    }

    private void WriteTerms(Stream stream, string[] terms)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("term\tchunks\tidf");
        for (var term = 0; term < terms.Length; term++)
        {
            writer.WriteLine(FormattableString.Invariant($"{terms[term]}\t{index.Sparse!.DocumentFrequency(term)}\t{index.Sparse.Idf(term):F6}"));
        }
    }

    private void WriteManifest(Stream stream, List<ExportedFile> files)
    {
        using var json = new Utf8JsonWriter(stream, Plain with { Indented = true });
        json.WriteStartObject();
        json.WriteString("tool_version", index.Manifest.ToolVersion);
        json.WriteNumber("chunks", index.Chunks.Count);
        json.WriteNumber("dimensions", index.Dense?.Dimensions ?? 0);
        json.WriteStartArray("models");
        foreach (var model in index.Manifest.Models)
        {
            json.WriteStringValue(model);
        }

        json.WriteEndArray();
        json.WriteStartObject("files");
        foreach (var file in files)
        {
            json.WriteStartObject(file.Name);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("sha256", file.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
