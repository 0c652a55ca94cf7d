using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Assay.Catalogs;

/// <summary>Reads objects, and tells each <see cref="CatalogEntry"/> its line.</summary>
internal sealed class PlacedEntries(INodeDeserializer inner, string path) : INodeDeserializer
{
    public bool Deserialize(
        IParser reader,
        Type expectedType,
        Func<IParser, Type, object?> nestedObjectDeserializer,
        out object? value,
        ObjectDeserializer rootDeserializer
    )
    {
        var start = reader.Current?.Start ?? Mark.Empty;
        if (typeof(CatalogEntry).IsAssignableFrom(expectedType) && !reader.Accept<MappingStart>(out _))
        {
            throw new YamlException(start, start, "a section with keys was expected here");
        }

        var done = inner.Deserialize(reader, expectedType, nestedObjectDeserializer, out value, rootDeserializer);
        if (value is CatalogEntry entry)
        {
            entry.Place = new CatalogPlace(path, start.Line);
        }

        return done;
    }
}
