using KennisstedenPortal.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace KennisstedenPortal.Data;

/// <summary>Stores every enum of Domain as its readable code and lets the database refuse any other.</summary>
internal static class Vocabularies
{
    private static readonly Type[] Enums = [.. typeof(Codes<>).Assembly.GetTypes().Where(t => t.IsEnum && t.IsPublic)];

    public static void StoreAsCodes(ModelConfigurationBuilder builder)
    {
        foreach (var type in Enums)
            builder.Properties(type).HaveConversion(typeof(CodeConverter<>).MakeGenericType(type)).HaveMaxLength(60);
    }

    public static void AddChecks(ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => e.GetTableName() is not null))
            foreach (var property in entity.GetDeclaredProperties())
            {
                var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
                if (!Enums.Contains(type)) continue;
                var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
                var column = property.GetColumnName(table)!;
                var codes = string.Join(", ", Enum.GetValues(type).Cast<Enum>().Select(v => $"'{Codes.Code(v)}'"));
                entity.AddCheckConstraint($"ck_{table.Name}_{column}", $"{column} in ({codes})");
            }
    }
}

internal sealed class CodeConverter<T>() : ValueConverter<T, string>(v => Codes<T>.Code(v), c => Codes<T>.Parse(c)) where T : struct, Enum;
