using System.Globalization;
using Assay.Experimentation.Flags;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Assay.Server.Flags;

/// <summary>Flags as YAML documents, as people write them: in the order of the reference page, without what is left out by default.</summary>
internal static class FlagYaml
{
    private static readonly EmitterSettings Settings = EmitterSettings.Default.WithBestWidth(160).WithMaxSimpleKeyLength(1024);

    private const string End = "\n...\n";

    public static string Write(IEnumerable<FlagFile> flags)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, Settings);
        emitter.Emit(new StreamStart());
        var isFirst = true;
        foreach (var flag in flags)
        {
            emitter.Emit(new DocumentStart(version: null, tags: null, isImplicit: isFirst));
            Write(emitter, flag);
            emitter.Emit(new DocumentEnd(isImplicit: true));
            isFirst = false;
        }

        emitter.Emit(new StreamEnd());
        return WithoutEnd(text.ToString());
    }

    // After a text that could go on the writer sets a last line "..."; the end of the file says as much. A full stop of the last value stays.
    private static string WithoutEnd(string yaml)
    {
        var lines = yaml.EndsWith('\n') ? yaml : yaml + "\n";
        return lines.EndsWith(End, StringComparison.Ordinal) ? lines[..^(End.Length - 1)] : lines;
    }

    private static void Write(Emitter emitter, FlagFile flag)
    {
        emitter.Emit(new MappingStart());
        Pair(emitter, "name", flag.Name);
        PairUnless(emitter, "description", flag.Description, "");
        PairUnless(emitter, "owner", flag.Owner, "");
        PairUnless(emitter, "expires", flag.Expires?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null);
        PairUnless(emitter, "enabled", flag.Enabled ? null : "false", null);
        Variants(emitter, flag.Variants);
        PairUnless(emitter, "default", flag.Default, "off");
        PairUnless(emitter, "whenOff", flag.WhenOff, "off");
        Sequence(emitter, "requires", flag.Requires, Requirement);
        Sequence(emitter, "rules", flag.Rules, Rule);
        Shares(emitter, flag.Rollout);
        PairUnless(emitter, "salt", flag.Salt, null);
        emitter.Emit(new MappingEnd());
    }

    private static void Requirement(Emitter emitter, PrerequisiteEntry required)
    {
        emitter.Emit(new MappingStart());
        Pair(emitter, "flag", required.Flag);
        PairUnless(emitter, "variant", required.Variant, "on");
        emitter.Emit(new MappingEnd());
    }

    private static void Rule(Emitter emitter, RuleEntry rule)
    {
        emitter.Emit(new MappingStart());
        PairUnless(emitter, "name", rule.Name, "");
        Sequence(emitter, "if", rule.If, Condition);
        PairUnless(emitter, "serve", rule.Serve, null);
        Shares(emitter, rule.Rollout);
        PairUnless(emitter, "salt", rule.Salt, null);
        emitter.Emit(new MappingEnd());
    }

    private static void Condition(Emitter emitter, ConditionEntry condition)
    {
        emitter.Emit(new MappingStart(default, default, isImplicit: true, MappingStyle.Flow));
        Pair(emitter, "attribute", condition.Attribute);
        Pair(emitter, "operator", condition.Operator);
        if (condition.Values is { } values)
        {
            Text(emitter, "values");
            emitter.Emit(new SequenceStart(default, default, isImplicit: true, SequenceStyle.Flow));
            values.ForEach(v => Text(emitter, v));
            emitter.Emit(new SequenceEnd());
        }

        emitter.Emit(new MappingEnd());
    }

    private static void Variants(Emitter emitter, Dictionary<string, VariantValue>? variants)
    {
        if (variants is null)
        {
            return;
        }

        Text(emitter, "variants");
        emitter.Emit(new MappingStart());
        foreach (var (name, value) in variants)
        {
            Text(emitter, name);
            YamlValue.Write(emitter, value.Json);
        }

        emitter.Emit(new MappingEnd());
    }

    private static void Shares(Emitter emitter, IReadOnlyDictionary<string, decimal>? shares)
    {
        if (shares is null)
        {
            return;
        }

        Text(emitter, "rollout");
        emitter.Emit(new MappingStart(default, default, isImplicit: true, MappingStyle.Flow));
        foreach (var (variant, percent) in shares)
        {
            Pair(emitter, variant, percent.ToString(CultureInfo.InvariantCulture));
        }

        emitter.Emit(new MappingEnd());
    }

    private static void Sequence<T>(Emitter emitter, string key, IReadOnlyCollection<T>? items, Action<Emitter, T> write)
    {
        if (items is null)
        {
            return;
        }

        Text(emitter, key);
        emitter.Emit(new SequenceStart(default, default, isImplicit: true, items.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
        foreach (var item in items)
        {
            write(emitter, item);
        }

        emitter.Emit(new SequenceEnd());
    }

    private static void PairUnless(Emitter emitter, string key, string? value, string? leftOut)
    {
        if (value is not null && value != leftOut)
        {
            Pair(emitter, key, value);
        }
    }

    private static void Pair(Emitter emitter, string key, string value)
    {
        Text(emitter, key);
        Text(emitter, value);
    }

    // Plain where it is read as the same text; what YAML takes for nothing is quoted.
    private static void Text(Emitter emitter, string text)
    {
        var style = text is "" or "~" or "null" or "Null" or "NULL" ? ScalarStyle.DoubleQuoted : ScalarStyle.Any;
        emitter.Emit(new Scalar(default, default, text, style, isPlainImplicit: true, isQuotedImplicit: true));
    }
}
