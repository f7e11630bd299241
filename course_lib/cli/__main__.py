"""`python -m course_lib.cli`, for where the `course` command is not on the path."""

from course_lib.cli import main

if __name__ == "__main__":
    main()
