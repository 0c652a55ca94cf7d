using System.Text.Json;
using NJsonSchema;

namespace Assay.Evaluation.Metrics.Texts;

/// <summary>The JSON schema that a metric's entry names.</summary>
internal static class SchemaFile
{
    private const int MaxBytes = 1 << 20;

    /// <summary>The schema, its patterns and its text.</summary>
    /// <exception cref="AssayException">It is not named, cannot be read or is no schema (exit code 2, file and line named).</exception>
    public static LoadedSchema Read(MetricEntry entry)
    {
        if (string.IsNullOrEmpty(entry.Schema))
        {
            throw entry.Place.Error("A metric of kind 'json_schema' needs a schema.", "Add 'schema: FILE', relative to this file.");
        }

        var path = Path.Combine(Path.GetDirectoryName(entry.Place.Path) ?? "", entry.Schema);
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
            {
                throw entry.Place.Error($"The schema '{path}' is larger than 1 MiB.", "Split it.");
            }

            var source = File.ReadAllText(path);
            return Parse(source, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw entry.Place.Error($"Cannot read the schema '{path}': {e.Message}", "The path is relative to this file.");
        }
        catch (Exception e) when (e is JsonException or Newtonsoft.Json.JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw entry.Place.Error($"'{path}' is no JSON schema: {e.Message}", "Mend the schema.");
        }
    }

    private static LoadedSchema Parse(string source, string path)
    {
        using var strict = JsonDocument.Parse(source);
        // The library offers no other way; without references to other files nothing is waited for.
        var schema = JsonSchema.FromJsonAsync(source, Path.GetFullPath(path)).GetAwaiter().GetResult();
        // The first validation resolves references; after it the schema is only read, from many threads.
        schema.Validate("null");
        return new LoadedSchema(schema, SchemaPatterns.Of(strict.RootElement), source);
    }
}

/// <summary>A schema that was read.</summary>
internal sealed record LoadedSchema(JsonSchema Schema, SchemaPatterns Patterns, string Source);
