/** A part of a sample under its title. */
export function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="sample-part">
      <h3 className="label">{title}</h3>
      {children}
    </section>
  );
}
