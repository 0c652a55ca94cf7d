using System.Runtime.Serialization;
using YamlDotNet.Serialization;

namespace Assay.Catalogs;

/// <summary>Names the keys that may stand in a section when somebody wrote another.</summary>
internal sealed class KnownKeys(ITypeInspector inner) : ITypeInspector
{
    public IEnumerable<IPropertyDescriptor> GetProperties(Type type, object? container) => inner.GetProperties(type, container);

    public string GetEnumName(Type enumType, string name) => inner.GetEnumName(enumType, name);

    public string GetEnumValue(object enumValue) => inner.GetEnumValue(enumValue);

    public IPropertyDescriptor GetProperty(Type type, object? container, string name, bool ignoreUnmatched, bool caseInsensitivePropertyMatching)
    {
        var properties = GetProperties(type, container).ToList();
        return properties.Find(p => p.Name == name)
            ?? throw new SerializationException(
                $"unknown key '{name}'. Keys that may stand here: {string.Join(", ", properties.Select(p => p.Name).Order(StringComparer.Ordinal))}"
            );
    }
}
