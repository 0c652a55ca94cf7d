using Assay.Tests.Tidy;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Assay.Tests.Deploy;

/// <summary>A YAML file as maps, lists and texts, merge keys followed.</summary>
internal static class YamlText
{
    public static Dictionary<object, object> Read(string path)
    {
        using var reader = new StringReader(Repository.Text(path));
        return new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(reader)));
    }

    public static Dictionary<object, object> Map(this Dictionary<object, object> map, string key) =>
        map.TryGetValue(key, out var value) ? (Dictionary<object, object>)value : throw new KeyNotFoundException($"There is no '{key}'.");

    public static string Text(this Dictionary<object, object> map, string key) => map.TryGetValue(key, out var value) ? $"{value}" : "";

    public static List<string> Texts(this Dictionary<object, object> map, string key) =>
        map.TryGetValue(key, out var value)
            ? value is List<object> list
                ? [.. list.Select(v => $"{v}")]
                : [$"{value}"]
            : [];
}
