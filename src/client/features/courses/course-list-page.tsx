import { useText } from '#client/lib/i18n.tsx';
import { usePageTitle } from '#client/lib/page.ts';
import layout from '#client/ui/layout.module.css';
import classes from './course.module.css';
import { CourseCards } from './course-cards.tsx';

export function CourseListPage() {
  const { list } = useText().courses;
  usePageTitle(list.title);
  return (
    <div className={layout.wrap}>
      <h1>{list.title}</h1>
      <p className={classes.listLead}>{list.lead}</p>
      <CourseCards level={2} />
    </div>
  );
}
