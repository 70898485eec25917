using System.Text;

namespace KennisstedenPortal.Reading.Maps;

/// <summary>
/// The borders of a set of areas, each drawn once, and the outline of all areas together. Both follow from counting how
/// often an edge is passed, and in which direction.
/// </summary>
internal sealed class BorderMesh
{
    private readonly Dictionary<((int X, int Y) A, (int X, int Y) B), (int Passes, int Net)> _edges = [];

    public BorderMesh(IEnumerable<IReadOnlyList<(int X, int Y)>> rings)
    {
        foreach (var ring in rings.Where(r => r.Count > 2))
        {
            var previous = ring[^1];
            foreach (var point in ring)
            {
                Count(previous, point);
                previous = point;
            }
        }
    }

    /// <summary>Path data of the lines between two areas.</summary>
    public string SharedLines()
    {
        var ends = new Dictionary<(int X, int Y), List<(int X, int Y)>>();
        foreach (var ((a, b), (passes, _)) in _edges)
        {
            if (passes < 2) continue;
            Add(ends, a, b);
            Add(ends, b, a);
        }
        var data = new StringBuilder();
        // First from where lines end or meet; what is left then are closed lines.
        foreach (var start in ends.Keys.Where(k => ends[k].Count != 2)) Walk(start);
        foreach (var start in ends.Keys) Walk(start);
        return data.ToString();

        void Walk((int X, int Y) start)
        {
            while (ends[start].Count > 0)
            {
                var line = new List<(int X, int Y)> { start };
                var here = start;
                do
                {
                    var next = ends[here][0];
                    ends[here].RemoveAt(0);
                    ends[next].Remove(here);
                    line.Add(next);
                    here = next;
                }
                while (ends[here].Count == 1);
                SvgPath.AppendLine(data, line);
            }
        }
    }

    /// <summary>
    /// Path data of the outline, to be filled with the default rule. Edges passed both ways cancel out. What remains enters
    /// each point as often as it leaves it, because rings do, so that every walk ends where it began.
    /// </summary>
    public string Outline()
    {
        var onward = new Dictionary<(int X, int Y), List<(int X, int Y)>>();
        foreach (var ((a, b), (_, net)) in _edges)
            for (var i = 0; i < Math.Abs(net); i++) Add(onward, net > 0 ? a : b, net > 0 ? b : a);
        var data = new StringBuilder();
        foreach (var (start, next) in onward)
        {
            while (next.Count > 0)
            {
                var loop = new List<(int X, int Y)>();
                var here = start;
                do
                {
                    loop.Add(here);
                    var exits = onward[here];
                    here = exits[^1];
                    exits.RemoveAt(exits.Count - 1);
                }
                while (here != start);
                SvgPath.AppendRing(data, loop);
            }
        }
        return data.ToString();
    }

    private void Count((int X, int Y) from, (int X, int Y) to)
    {
        if (from == to) return;
        var forward = from.CompareTo(to) < 0;
        var key = forward ? (from, to) : (to, from);
        var (passes, net) = _edges.GetValueOrDefault(key);
        _edges[key] = (passes + 1, net + (forward ? 1 : -1));
    }

    private static void Add(Dictionary<(int X, int Y), List<(int X, int Y)>> map, (int X, int Y) from, (int X, int Y) to)
    {
        if (!map.TryGetValue(from, out var list)) map[from] = list = new List<(int X, int Y)>(2);
        list.Add(to);
    }
}
