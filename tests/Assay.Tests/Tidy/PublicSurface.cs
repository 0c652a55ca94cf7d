using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay.Tests.Tidy;

/// <summary>Prints what an assembly promises: each public type and member as one readable line.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Print(Assembly assembly)
    {
        var head = $"# What {assembly.GetName().Name} promises. Written by: ASSAY_ACCEPT=1 make test";
        var lines = assembly.GetExportedTypes().Where(t => !IsGenerated(t)).SelectMany(Lines).Order(StringComparer.Ordinal);
        return string.Join('\n', lines.Prepend(head)) + "\n";
    }

    public static IEnumerable<string> Lines(Type type) =>
        Members(type).Select(m => $"{TypeText.Full(type)}.{m}").Prepend($"{TypeText.Full(type)} : {Kind(type)}");

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(f => $"{f.Name} = {Convert.ToInt64(f.GetRawConstantValue(), CultureInfo.InvariantCulture)}");
        }

        if (type.IsSubclassOf(typeof(Delegate)))
        {
            return [Signature(type.GetMethod("Invoke")!)];
        }

        return
        [
            .. type.GetConstructors(Declared).Where(IsPromised).Select(c => $"new({Parameters(c)})"),
            .. type.GetFields(Declared).Where(f => (f.IsPublic || f.IsFamily) && !IsGenerated(f)).Select(Field),
            .. type.GetProperties(Declared)
                .Where(p => p.Name != "EqualityContract" && p.GetAccessors(nonPublic: true).Any(IsPromisedAccessor))
                .Select(Property),
            .. type.GetEvents(Declared).Where(e => IsPromisedAccessor(e.AddMethod!)).Select(e => $"{e.Name} : event {TypeText.Of(e.EventHandlerType!)}"),
            .. type.GetMethods(Declared).Where(IsPromisedMethod).Select(Signature),
        ];
    }

    private static string Kind(Type type)
    {
        var isRecord = type.GetMethod("<Clone>$") is not null || (type.IsValueType && type.GetMethod("PrintMembers", Declared) is not null);
        var words = new List<string>
        {
            type switch
            {
                { IsInterface: true } or { IsEnum: true } or { IsValueType: true } => "",
                { IsAbstract: true, IsSealed: true } => "static",
                { IsAbstract: true } => "abstract",
                { IsSealed: true } => "sealed",
                _ => "open",
            },
            type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly" : "",
            type.IsByRefLike ? "ref" : "",
            isRecord ? "record" : "",
            type switch
            {
                { IsInterface: true } => "interface",
                { IsEnum: true } => "enum",
                { IsValueType: true } => "struct",
                _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
                _ => isRecord ? "" : "class",
            },
        };
        var parents = Parents(type).Select(TypeText.Of).Order(StringComparer.Ordinal).ToList();
        return string.Join(' ', words.Where(w => w.Length > 0))
            + (parents.Count > 0 ? " of " + string.Join(", ", parents) : "")
            + Constraints(type.GetGenericArguments());
    }

    private static IEnumerable<Type> Parents(Type type)
    {
        var parents = type.GetInterfaces().Where(i => i.IsVisible && !(i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEquatable<>)));
        var plain = type.IsEnum || type.IsSubclassOf(typeof(Delegate));
        var extended = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) ? [b] : Array.Empty<Type>();
        return plain ? [] : extended.Concat(parents.Except(type.BaseType?.GetInterfaces() ?? []));
    }

    private static string Field(FieldInfo field)
    {
        var how = field.IsLiteral
            ? $" = {Value(field.GetRawConstantValue())}"
            : $"{(field.IsStatic ? ", static" : "")}{(field.IsInitOnly ? ", readonly" : "")}";
        return $"{field.Name} : {TypeText.Of(field.FieldType, TypeText.Nulls.Create(field))}{how}";
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = property
            .GetAccessors(nonPublic: true)
            .Where(IsPromisedAccessor)
            .Select(a =>
                a == property.GetMethod ? "get;"
                : IsInit(a) ? "init;"
                : "set;"
            );
        var index = property.GetIndexParameters() is { Length: > 0 } p ? $"[{string.Join(", ", p.Select(Parameter))}]" : "";
        var isStatic = property.GetAccessors(nonPublic: true).Any(a => a.IsStatic) ? ", static" : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? ", required" : "";
        return $"{property.Name}{index} : {TypeText.Of(property.PropertyType, TypeText.Nulls.Create(property))} {{ {string.Join(' ', accessors)} }}{isStatic}{required}";
    }

    private static string Signature(MethodInfo method)
    {
        var arguments = method.GetGenericArguments();
        var generic = arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(a => a.Name))}>" : "";
        var result = TypeText.Of(method.ReturnType, TypeText.Nulls.Create(method.ReturnParameter));
        return $"{method.Name}{generic}({Parameters(method)}) : {result}{(method.IsStatic ? ", static" : "")}{(method.IsAbstract ? ", abstract" : "")}{Constraints(arguments)}";
    }

    private static string Parameters(MethodBase method)
    {
        var self = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return self + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo p)
    {
        var how = p switch
        {
            { IsOut: true } => "out ",
            { IsIn: true, ParameterType.IsByRef: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when p.IsDefined(typeof(ParamArrayAttribute)) || p.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        return $"{how}{TypeText.Of(p.ParameterType, TypeText.Nulls.Create(p))} {p.Name}{(p.HasDefaultValue ? $" = {Value(p.DefaultValue)}" : "")}";
    }

    private static string Constraints(IEnumerable<Type> arguments) =>
        string.Concat(
            arguments
                .Where(a => a.IsGenericParameter && a.GetGenericParameterConstraints().Length > 0)
                .Select(a => $" where {a.Name} : {string.Join(", ", a.GetGenericParameterConstraints().Select(TypeText.Of))}")
        );

    private static string Value(object? value) =>
        value switch
        {
            null => "null",
            string s => $"\"{s}\"",
            bool b => b ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static bool IsPromised(MethodBase m) => (m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly) && !IsGenerated(m);

    // An accessor of an automatic property is generated and yet promised.
    private static bool IsPromisedAccessor(MethodInfo m) => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly;

    private static bool IsPromisedMethod(MethodInfo m) =>
        IsPromised(m) && (!m.IsSpecialName || m.Name.StartsWith("op_")) && m.GetBaseDefinition() == m && !m.Name.Contains('<');

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsGenerated(MemberInfo m) => m.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || m.Name.Contains('<');
}
