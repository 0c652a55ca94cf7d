using System.Reflection;

namespace Assay.Tests.Tidy;

/// <summary>Names of types as a C# reader writes them.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Words = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>Reads the nullable annotations; a fresh one each time because it is not thread-safe.</summary>
    public static NullabilityInfoContext Nulls => new();

    /// <summary>The name with its namespace and the types around it.</summary>
    public static string Full(Type type)
    {
        var place = type.DeclaringType is { } outer ? Full(outer) : type.Namespace;
        return (place is null ? "" : place + ".") + Simple(type, type.GetGenericArguments().Select(a => Of(a)));
    }

    public static string Of(Type type) => Of(type, nulls: null);

    public static string Of(Type type, NullabilityInfo? nulls)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nulls?.ElementType ?? nulls);
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Of(inner) + "?";
        }

        return Plain(type, nulls) + (!type.IsValueType && nulls?.ReadState == NullabilityState.Nullable ? "?" : "");
    }

    private static string Plain(Type type, NullabilityInfo? nulls)
    {
        if (Words.TryGetValue(type, out var word))
        {
            return word;
        }

        if (type.IsArray)
        {
            return Of(type.GetElementType()!, nulls?.ElementType) + $"[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsPointer)
        {
            return Of(type.GetElementType()!) + "*";
        }

        return Simple(type, type.GetGenericArguments().Select((a, i) => Of(a, nulls?.GenericTypeArguments.ElementAtOrDefault(i))));
    }

    private static string Simple(Type type, IEnumerable<string> arguments)
    {
        var tick = type.Name.IndexOf('`');
        return tick < 0 ? type.Name : $"{type.Name[..tick]}<{string.Join(", ", arguments)}>";
    }
}
