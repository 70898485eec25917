using System.Linq.Expressions;
using KennisstedenPortal.Domain.Registry;

namespace KennisstedenPortal.Data.Editing;

/// <summary>Puts the mask of a profile in a projection, so that it is read in the same query.</summary>
internal static class MaskProjection
{
    public static Expression<Func<RegisterObject, T>> With<T>(this Expression<Func<RegisterObject, int>> mask, Expression<Func<RegisterObject, int, T>> projection) =>
        Expression.Lambda<Func<RegisterObject, T>>(new Put(projection.Parameters[0], mask.Parameters[0], projection.Parameters[1], mask.Body).Visit(projection.Body), mask.Parameters[0]);

    private sealed class Put(ParameterExpression item, ParameterExpression own, ParameterExpression mask, Expression body) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == item ? own : node == mask ? body : base.VisitParameter(node);
    }
}
